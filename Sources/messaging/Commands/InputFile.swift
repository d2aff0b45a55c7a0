import MessagingFiles
import MessagingSDK

/// A file that a command reads, a pipe such as that of a shell's `<(...)`, or standard input.
struct InputFile {
    private let path: String

    /// Creates the file at a path; `-` stands for standard input.
    init(_ path: String) { self.path = path }

    /// The name for people.
    var name: String { OpenFile.name(path) }

    /// Returns its bytes. Throws a failure if there are more than `limit`.
    func bytes(upTo limit: Int = 64 << 20) throws(Failure) -> [UInt8] { try OpenFile(path).bytes(upTo: limit) }

    /// Returns its document, in the form that the end of its name says. The first character decides about a file with another name and about
    /// standard input. The failure names the place of an error.
    func document() throws(Failure) -> JSON {
        let bytes = try bytes()
        return try document(bytes, DocumentFormat(fileName: path) ?? DocumentFormat(text: bytes))
    }

    /// Returns its JSON document. The failure names the place of an error.
    func json() throws(Failure) -> JSON { try document(bytes(), .json) }

    private func document(_ bytes: [UInt8], _ format: DocumentFormat) throws(Failure) -> JSON {
        do throws(DocumentError) {
            return try format.document(bytes)
        } catch {
            throw error.failure(name, format)
        }
    }
}
