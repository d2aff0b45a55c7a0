import MessagingContract

extension Kind {
    /// Returns a record of this kind as responses have it: with the members that are not stored, and with `***` for each secret. If
    /// `withNames` is true, the members of a secret object keep their names, and each has the value `***`. Throws 500 if the record is not
    /// JSON.
    func shown(_ record: [UInt8], withNames: Bool) throws(APIError) -> [UInt8] {
        if secrets.isEmpty && complete == nil { return record }
        do {
            let json = try JSON(parsing: record)
            return Self.masked(complete?(json) ?? json, secrets, withNames).bytes
        } catch {
            throw .internalServerError.caused(by: "stored \(name.rawValue): \(error)")
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
