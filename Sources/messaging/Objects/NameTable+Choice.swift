import MessagingFiles
import MessagingSDK
import StandardStreams

extension NameTable {
    /// Returns the id of the object with an id or a name, as ``id(of:)``. If several objects have the name, a person at a terminal chooses one.
    func id(orChoose reference: String) throws(Failure) -> String {
        do {
            return try id(of: reference)
        } catch {
            guard error.code == "ambiguous.name", Choice.isPossible else { throw error }
            Terminal.complain(error.message.visible)
            return try Choice(objects(named: reference)).object()["id"]?.string ?? ""
        }
    }
}
