import MessagingFiles
import MessagingSDK

/// A change in the history of an organization.
struct HistoryChange {
    /// The change.
    let value: ObjectChange
    private let document: JSON

    /// Creates a change that the API sent as this document.
    init(_ value: ObjectChange, _ document: JSON) {
        self.value = value
        self.document = document
    }

    /// The API's own object. The API masks secrets; a value that it has not masked is redacted.
    var json: JSON {
        var members = document.object ?? [:]
        for name in ["before", "after"] {
            members[name] = members[name].map { Secrets.redacted($0, except: Self.mask) }
        }
        return .object(members)
    }

    /// The place of the change in the history.
    var place: HistoryPlace { HistoryPlace(revision: value.revision, position: value.position) }

    /// The name of the object after the change, or else before it, or else its id.
    var name: String { names.last ?? value.objectId }

    /// Returns whether the object had a name before or after the change.
    func has(name: String) -> Bool { names.contains { $0.isExactly(name) } }

    /// The change as a row of a table.
    var row: JSON {
        [
            "time": document["date"] ?? .null, "author": .string(author), "operation": .string(value.operation),
            "kind": .string(value.kind.command), "name": .string(name), "change": .string(summary),
        ]
    }

    /// The columns of ``row``.
    static let columns = ["time", "author", "operation", "kind", "name", "change"]

    /// The change in one line.
    var summary: String {
        switch (value.before, value.after) {
        case (nil, let after?): after["version"]?.cell == "1" || after["version"] == nil ? "created" : "restored"
        case (_, nil): "deleted"
        case (let before?, let after?):
            Self.text(Difference(from: Self.content(before), to: Self.content(after)))
        }
    }

    private var names: [String] { [value.before, value.after].compactMap { $0?["name"]?.string } }

    private var author: String { value.user?.name ?? value.user?.id ?? value.client ?? "administration" }

    private static func text(_ difference: Difference) -> String {
        difference.isEmpty ? "nothing that is shown" : difference.lines(styled: false).joined(separator: ", ")
    }

    /// Returns an object without the members that each change changes.
    private static func content(_ object: JSON.Object) -> JSON {
        let rest = object.filter { !["version", "dateModified", "updatedBy", "modifiedBy"].contains($0.name) }
        return .object(JSON.Object(rest.map { ($0.name, $0.value) }))
    }

    /// The value that the API has in place of a secret.
    private static let mask: JSON = "***"
}

/// The place of a change in the history.
struct HistoryPlace: Comparable {
    /// The revision of the organization.
    let revision: Int
    /// The position in the revision, from 0.
    let position: Int

    /// The place before all changes.
    static let start = HistoryPlace(revision: 0, position: 0)

    static func < (one: HistoryPlace, other: HistoryPlace) -> Bool {
        (one.revision, one.position) < (other.revision, other.position)
    }
}
