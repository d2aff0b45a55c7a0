import MessagingFiles
import MessagingSDK

/// Which changes of a history are shown.
struct HistorySelection: Sendable {
    /// The kind of the objects; nil for all kinds.
    var kind: ObjectKind?
    /// The id of the object; nil for all objects.
    var id: String?
    /// A name that the object had before or after the change; nil for any name.
    var name: String?

    /// The warning that no change belongs to the object that a person has named; nil if a person has named none.
    var warning: Warning? {
        let object = id.map { "the id \"\($0)\"" } ?? name.map { "the name \"\($0)\"" }
        let change = kind.map { "change of \($0.command)" } ?? "change"
        return object.map {
            Warning(
                code: "no.changes",
                message: "no \(change) has \($0)",
                next: "Without it, the command shows the newest changes."
            )
        }
    }

    /// Returns whether the selection has a change.
    func contains(_ change: HistoryChange) -> Bool {
        id.map { $0 == change.value.objectId } ?? true && name.map(change.has(name:)) ?? true
    }

    /// Returns the newest changes, the newest first, at most `limit`, and the place of the newest change of the kind.
    func newest(_ limit: Int, _ reader: HistoryReader) async throws -> (changes: [HistoryChange], newest: HistoryPlace)
    {
        var changes: [HistoryChange] = []
        var newest: HistoryPlace?
        try await reader.walk(kind: kind, id: id, pageSize: name == nil ? min(limit, 100) : 100) { change in
            newest = newest ?? change.place
            if contains(change) { changes.append(change) }
            return changes.count < limit
        }
        return (changes, newest ?? .start)
    }

    /// Returns the changes after a place, the oldest first, and the place of the newest change of the kind. It is before the other place if
    /// the host has another history now, for example that of an older copy.
    func since(_ place: HistoryPlace, _ reader: HistoryReader) async throws -> (
        changes: [HistoryChange], newest: HistoryPlace
    ) {
        var changes: [HistoryChange] = []
        var newest: HistoryPlace?
        let options = CallOptions(timeout: .seconds(10), retries: .never)
        try await reader.walk(kind: kind, id: id, options: options) { change in
            newest = newest ?? change.place
            guard change.place > place else { return false }
            if contains(change) { changes.append(change) }
            return true
        }
        return (changes.reversed(), newest ?? .start)
    }
}
