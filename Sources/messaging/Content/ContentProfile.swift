import MessagingFiles
import MessagingSDK

/// A supported content profile that media types are tried against.
struct ContentProfile {
    /// The name; for a profile in a file without a name, the path of the file.
    let name: String
    /// The id on the host; nil for a profile in a file.
    let id: String?
    /// The media types; nil if it allows none.
    let mediaTypes: MediaTypes?

    /// Creates the profile of an object of the API.
    init(_ object: JSON) throws(Failure) {
        name = object["name"]?.string ?? object["id"]?.string ?? ""
        id = object["id"]?.string
        mediaTypes = try Self.mediaTypes(object, at: "the supported content profile \"\(name)\"")
    }

    /// Creates the profile of a document in a file, in the form of requests and responses of the API. The failure names the file.
    init(_ document: JSON, at path: String) throws(Failure) {
        let place = OpenFile.name(path)
        var request = RequestDocument(SupportedContent.declared)
        do {
            try request.add(document)
        } catch {
            throw Failure(.failed, "invalid.file", "\(place): \(error.message)", next: error.next)
        }
        name = document["name"]?.string ?? place
        id = nil
        mediaTypes = try Self.mediaTypes(.object(request.members), at: place)
    }

    private static func mediaTypes(_ object: JSON, at place: String) throws(Failure) -> MediaTypes? {
        guard let value = object["mediaTypes"], !value.isNull else { return nil }
        do {
            return try MediaTypes(json: value)
        } catch {
            throw Failure(.failed, "invalid.profile", "\(place): \(error.within("mediaTypes").sentence)")
        }
    }
}
