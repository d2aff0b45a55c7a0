import MessagingFiles
import MessagingSDK

/// A host and the OAuth client with which the program calls it.
struct Profile: Equatable {
    /// The address of the host.
    var url: String
    /// The id of the client.
    var clientID: String
    /// The secret of the client.
    var clientSecret: String
}

/// The profiles of a person, which a file keeps.
struct Profiles: Equatable {
    /// The profiles by their names.
    var named: [String: Profile] = [:]
    /// The name of the profile that commands use unless another one is named; nil if there is none.
    var current: String?

    /// Creates an empty value.
    init() {}

    /// The reason why a document does not have profiles. It has no value of the document.
    struct Fault: Error {
        /// The reason, in words.
        let reason: String
    }

    /// Reads the form that ``document`` writes. Throws a fault that names the profile and the field for anything else.
    init(_ document: JSON) throws(Fault) {
        guard let members = document["profiles"]?.object else { throw Fault(reason: "it has no object \"profiles\"") }
        for (name, value) in members {
            func text(_ field: String) throws(Fault) -> String {
                if let text = value[field]?.string { return text }
                let fault = value[field] == nil ? "has no \(field)" : "has a \(field) that is no text"
                throw Fault(reason: "the profile \"\(name)\" \(fault)")
            }
            named[name] = Profile(
                url: try text("url"),
                clientID: try text("clientId"),
                clientSecret: try text("clientSecret")
            )
        }
        current = document["current"]?.string
    }

    /// The profiles as a document, with the secrets of their clients.
    var document: JSON {
        var members: JSON.Object = [:]
        for (name, profile) in named.sorted(by: { $0.key < $1.key }) {
            members[name] = [
                "url": .string(profile.url), "clientId": .string(profile.clientID),
                "clientSecret": .string(profile.clientSecret),
            ]
        }
        var document: JSON.Object = [:]
        if let current { document["current"] = .string(current) }
        document["profiles"] = .object(members)
        return .object(document)
    }

    /// Returns the profile with a name. Throws a failure that names the nearest one if there is none.
    func profile(_ name: String) throws(Failure) -> Profile {
        if let profile = named[name] { return profile }
        throw Self.missing(name, among: named.keys.sorted())
    }

    /// Returns the failure for the name of no profile, which names the nearest of these names.
    static func missing(_ name: String, among names: [String]) -> Failure {
        let next =
            names.nearest(to: name).map { "Did you mean \"\($0)\"? messaging profiles list shows all." }
            ?? "Create it: messaging login --profile NAME --url URL --client-id ID"
        return Failure(.notFound, "profile.not.found", "there is no profile \"\(name)\"", next: next)
    }

    /// The profile as a row of a table and as an object, without its secret.
    func summary(of name: String, _ profile: Profile) -> JSON {
        [
            "name": .string(name), "current": .bool(name == current), "url": .string(profile.url),
            "clientId": .string(profile.clientID), "source": "messaging",
        ]
    }
}
