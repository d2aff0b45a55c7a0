/// The place of a change in its organization's history.
struct ChangePosition: Comparable, Sendable {
    let revision: Int64
    let position: Int64

    static func < (left: ChangePosition, right: ChangePosition) -> Bool {
        left.revision == right.revision ? left.position < right.position : left.revision < right.revision
    }
}

/// The positions of all changes of some records of an organization up to a revision, ascending. Each takes 16 bytes.
struct ChangeList: Sendable {
    /// The selection of records whose changes a list has.
    struct Subject: Hashable, Sendable {
        let organization: String
        /// The kinds of the records, ascending.
        let kinds: [String]
        /// The id of the record of each kind; nil for all records.
        let id: String?
    }

    let subject: Subject
    /// The revision up to which the list has all changes that have not been dropped.
    var last: Int64
    var positions: [ChangePosition]

    /// Removes the positions before `oldest`.
    mutating func removeAll(before oldest: ChangePosition) {
        let dropped = index { $0 >= oldest }
        if dropped > 0 { positions.removeFirst(dropped) }
    }

    /// Returns the number of changes up to a revision.
    func count(upTo revision: Int64) -> Int { index { $0.revision > revision } }

    /// Returns the first index whose element fulfills a condition, in O(log n). All elements after it must fulfill it too.
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

/// The recently used lists of changes that take longer to make than to read.
struct ChangeLists {
    /// The largest number of positions in all lists: 8 MiB.
    static let capacity = 512 * 1_024
    /// The length up to which a list is not kept.
    static let shortest = 1_000

    private var lists: [ChangeList] = []

    /// Removes and returns the list of a subject.
    mutating func take(_ subject: ChangeList.Subject) -> ChangeList? {
        lists.firstIndex { $0.subject == subject }.map { lists.remove(at: $0) }
    }

    /// Adds a list. If there is no room, removes the lists that were not used for the longest time.
    mutating func put(_ list: ChangeList) {
        _ = take(list.subject)
        guard list.positions.count > Self.shortest, list.positions.count <= Self.capacity else { return }
        lists.append(list)
        var count = lists.reduce(0) { $0 + $1.positions.count }
        while count > Self.capacity { count -= lists.removeFirst().positions.count }
    }
}
