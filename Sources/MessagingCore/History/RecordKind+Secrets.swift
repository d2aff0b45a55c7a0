import MessagingContract

/// What nobody is shown of records.
extension RecordKind {
    /// The members with secrets by kind, wherever they stand in a record. A kind that is not here is shown without all that any kind
    /// hides.
    private static let secrets: [RecordKind: Set<String>] = [
        .organization: [], .messagingSetting: [], .supportedContent: [], .defaultObject: [],
        .oauthClient: ["secretDigest"],
        .openIntegration: OpenIntegrationSecrets.names,
    ]
    private static let all = secrets.values.reduce(into: Set()) { $0.formUnion($1) }

    /// Returns a record of this kind with the paths that it is stored without, and with `***` for what is secret in it; for an object,
    /// `withNames` says whether its members keep their names, each with `***` for its value. Throws 500 when it is no JSON.
    func masked(_ record: [UInt8], withNames: Bool) throws(APIError) -> [UInt8] {
        let names = Self.secrets[self] ?? Self.all
        if names.isEmpty { return record }
        do {
            let json = try JSON(parsing: record)
            let shown = self == .openIntegration ? OpenIntegrationRecord.withPaths(json) : json
            return Self.masked(shown, names, withNames).bytes
        } catch {
            throw .internalServerError.caused(by: "stored \(rawValue): \(error)")
        }
    }

    private static func masked(_ json: JSON, _ names: Set<String>, _ withNames: Bool) -> JSON {
        switch json {
        case .array(let elements): .array(elements.map { masked($0, names, withNames) })
        case .object(let object):
            .object(
                object.reduce(into: JSON.Object()) { masked, member in
                    masked[member.name] =
                        names.contains(member.name)
                        ? hidden(member.value, withNames) : self.masked(member.value, names, withNames)
                }
            )
        default: json
        }
    }

    private static func hidden(_ json: JSON, _ withNames: Bool) -> JSON {
        guard withNames, let object = json.object else { return json.isNull ? .null : "***" }
        return .object(object.reduce(into: JSON.Object()) { $0[$1.name] = hidden($1.value, withNames) })
    }
}
