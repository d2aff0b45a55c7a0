import MessagingSDK

/// The file that makes a directory one of ours: `messaging.yaml` or `messaging.json`. It has the version of the form and the defaults.
struct Manifest {
    private static let version = JSON.number(JSON.Number(1))
    private static let members = ["format", "defaults"]

    /// The names that the file can have.
    static let fileNames = ["messaging.yaml", "messaging.yml", "messaging.json"]

    /// The defaults by the command of their kind.
    var defaults: [String: Configuration.Default] = [:]

    /// Creates the manifest of a directory with these defaults.
    init(defaults: [String: Configuration.Default]) { self.defaults = defaults }

    /// Reads a manifest. Throws a failure that begins with the place for another version, and for a member or a kind that is not known.
    init(_ document: JSON, at place: String) throws(Failure) {
        guard let object = document.object, object["format"] == Self.version else {
            throw Failure(.failed, "invalid.file", "\(place): format must be 1, the only one that this program reads")
        }
        for (name, _) in object { try Self.check(name, in: Self.members, "member", place) }
        guard object["defaults"].map({ $0.object != nil || $0.isNull }) ?? true else {
            throw Failure(.failed, "invalid.file", "\(place): defaults must be an object with kinds and names")
        }
        let kinds = ManagedKinds.defaulted.map { $0.command }
        for (kind, value) in object["defaults"]?.object ?? [:] {
            try Self.check(kind, in: kinds, "kind with a default", place)
            guard value.isNull || value.string != nil else {
                throw Failure(
                    .failed,
                    "invalid.file",
                    "\(place): the default of \(kind) must be the name of an object or null"
                )
            }
            defaults[kind] = value.string.map { .object($0) } ?? Configuration.Default.none
        }
    }

    /// The manifest as a document.
    var document: JSON {
        let defaults = JSON.Object(
            self.defaults.sorted { $0.key < $1.key }.map { kind, value in
                (kind, value == .none ? JSON.null : JSON.string(value.label))
            }
        )
        return ["format": Self.version, "defaults": .object(defaults)]
    }

    private static func check(_ name: String, in names: [String], _ noun: String, _ place: String) throws(Failure) {
        guard !names.contains(name) else { return }
        let next = names.nearest(to: name).map { "Did you mean \($0)?" }
        throw Failure(.failed, "unknown.field", "\(place): there is no \(noun) \"\(name)\"", next: next)
    }
}
