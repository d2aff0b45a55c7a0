/// Where a change stands in its organization's history.
struct ChangePosition: Comparable, Sendable {
    let revision: Int64
    let position: Int64

    static func < (left: ChangePosition, right: ChangePosition) -> Bool {
        left.revision == right.revision ? left.position < right.position : left.revision < right.revision
    }
}

/// The positions of all changes of some records of an organization up to a revision, ascending: 16 bytes for each.
struct ChangeList: Sendable {
    /// Whose changes they are.
    struct Subject: Hashable, Sendable {
        let organization: String
        /// The kinds of the records, ascending.
        let kinds: [String]
        /// The id of the one record of each kind; nil for all.
        let id: String?
    }

    let subject: Subject
    /// The revision up to which all changes are here that have not been dropped.
    var last: Int64
    var positions: [ChangePosition]

    /// Removes the positions before `oldest`.
    mutating func removeAll(before oldest: ChangePosition) {
        let dropped = index { $0 >= oldest }
        if dropped > 0 { positions.removeFirst(dropped) }
    }

    /// How many of the changes are up to a revision.
    func count(upTo revision: Int64) -> Int { index { $0.revision > revision } }

    /// The first index for whose element the condition holds, as it does for all after it; O(log n).
    private func index(_ condition: (ChangePosition) -> Bool) -> Int {
        var low = 0
        var high = positions.count
        while low < high {
            let middle = low + (high - low) / 2
            if condition(positions[middle]) { high = middle } else { low = middle + 1 }
        }
        return low
    }
}

/// The lists of changes that were used last, of which making took longer than reading them takes.
struct ChangeLists {
    /// How many positions are kept in all: 8 MiB.
    static let capacity = 512 * 1_024
    /// A list that is no longer than this is made anew.
    static let shortest = 1_000

    private var lists: [ChangeList] = []

    /// Removes and returns the list of a subject.
    mutating func take(_ subject: ChangeList.Subject) -> ChangeList? {
        lists.firstIndex { $0.subject == subject }.map { lists.remove(at: $0) }
    }

    /// Keeps a list, and forgets those that were not used for the longest time as far as there is no room.
    mutating func put(_ list: ChangeList) {
        _ = take(list.subject)
        guard list.positions.count > Self.shortest, list.positions.count <= Self.capacity else { return }
        lists.append(list)
        var count = lists.reduce(0) { $0 + $1.positions.count }
        while count > Self.capacity { count -= lists.removeFirst().positions.count }
    }
}
