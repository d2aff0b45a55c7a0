package import MessagingContract

/// A writer of the integrations of one response with their references. It reads each expanded object once, and copies the stored bytes.
package struct ExpandedReferences: Sendable {
    /// The members of a reference that are copied from the object, in the order in which references are written.
    private static let members:
        [(member: String, expansion: IntegrationExpansion, kind: RecordKind, copied: [String])] = [
            (
                "supportedContent", .supportedContent, .supportedContent,
                SupportedContentReference.fields.map(\.name)
            ),
            (
                "messagingSetting", .messagingSetting, .messagingSetting,
                MessagingSettingReference.fields.map(\.name)
            ),
        ]

    private let organization: Organization
    private let expand: Set<IntegrationExpansion>
    private var known: [References.Target: [UInt8]] = [:]

    /// Creates a writer for a response with these expansions.
    package init(in organization: Organization, _ expand: Set<IntegrationExpansion>) {
        self.organization = organization
        self.expand = expand
    }

    /// Returns the bytes of the objects that are expanded in the integration with this id.
    package func size(of integration: String) -> Int {
        if expand.isEmpty { return 0 }
        return organization.references.targets(of: integration).reduce(0) { size, target in
            let isExpanded = Self.members.contains { $0.kind == target.kind && expand.contains($0.expansion) }
            return size + (isExpanded ? organization[target.kind][target.id.string]?.bytes.count ?? 0 : 0)
        }
    }

    /// Appends an integration whose references have only ids and paths. Throws 500 if a referenced object is not JSON.
    package mutating func write(_ integration: some WireObject, to bytes: inout [UInt8]) throws(APIError) {
        guard !expand.isEmpty, let object = integration.json.object else { return integration.json.write(to: &bytes) }
        bytes.append(UInt8(ascii: "{"))
        for (place, (name, value)) in object.enumerated() {
            if place > 0 { bytes.append(UInt8(ascii: ",")) }
            JSON.writeString(name, to: &bytes)
            bytes.append(UInt8(ascii: ":"))
            if let expanded = try expanded(name, value) { bytes += expanded } else { value.write(to: &bytes) }
        }
        bytes.append(UInt8(ascii: "}"))
    }

    /// Returns the bytes of an expanded member, or nil for any other member.
    private mutating func expanded(_ name: String, _ value: JSON) throws(APIError) -> [UInt8]? {
        guard let member = Self.members.first(where: { $0.member == name && expand.contains($0.expansion) }),
            let id = value["id"]?.string, let entry = organization[member.kind][id]
        else { return nil }
        let target = References.Target(member.kind, id)
        if let bytes = known[target] { return bytes }
        let bytes = try Self.copy(member.copied, of: entry, member.kind)
        known[target] = bytes
        return bytes
    }

    private static func copy(_ names: [String], of entry: Entry, _ kind: RecordKind) throws(APIError) -> [UInt8] {
        let ranges: [(name: String, value: Range<Int>)]
        do {
            ranges = try JSON.memberRanges(of: entry.bytes)
        } catch {
            throw .internalServerError.caused(by: "stored \(kind.rawValue) \(entry.id): \(error)")
        }
        var bytes: [UInt8] = [UInt8(ascii: "{")]
        bytes.reserveCapacity(entry.bytes.count)
        for name in names {
            guard let range = ranges.first(where: { $0.name == name }) else { continue }
            if bytes.count > 1 { bytes.append(UInt8(ascii: ",")) }
            JSON.writeString(name, to: &bytes)
            bytes.append(UInt8(ascii: ":"))
            bytes += entry.bytes[range.value]
        }
        bytes.append(UInt8(ascii: "}"))
        return bytes
    }
}
