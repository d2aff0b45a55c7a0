import MessagingContract

/// A count of a log's rows by direction and media type. Its memory is bounded for any log.
struct SimulationTally {
    /// The largest number of groups that are counted separately, and of other spellings of their types that are remembered.
    static let groupLimit = 10_000
    /// The largest number of bytes in remembered spellings.
    static let spellingBytes = 256 * 1_024
    /// The largest number of malformed rows that the result lists.
    static let toldLimit = 10

    private struct Group {
        let direction: MessageDirection
        let type: String?
        let today: DecidingEntry?
        let proposed: DecidingEntry?
        var rows = 0
    }

    /// The counts of one direction.
    private struct Side {
        let direction: MessageDirection
        let today: MediaTypeIndex
        let proposed: MediaTypeIndex?
        /// The group of each type, by its essence and by other spellings of it.
        var places: [String: Int] = [:]
        /// The group of all rows without a media type.
        var untyped: Int?

        init(_ direction: MessageDirection, _ today: MediaTypes?, _ proposed: MediaTypes?) {
            self.direction = direction
            self.today = MediaTypeIndex(today?.list(direction) ?? [])
            self.proposed = proposed.map { MediaTypeIndex($0.list(direction)) }
        }
    }

    private let hasProposal: Bool
    private let groupLimit: Int
    private var sides: [Side]
    private var groups: [Group] = []
    private var spellings = 0
    private var spellingBytes = 0
    private var simulation = Simulation()
    private var newlyAllowed = 0
    private var newlyBlocked = 0
    private var proposed = SimulationOutcome()

    init(today: MediaTypes?, proposed: MediaTypes?, groupLimit: Int = Self.groupLimit) {
        sides = MessageDirection.allCases.map { Side($0, today, proposed) }
        hasProposal = proposed != nil
        self.groupLimit = groupLimit
    }

    /// Counts a row that cannot be read.
    mutating func countMalformed(_ reason: @autoclosure () -> String, line: Int) {
        simulation.malformedRows += 1
        if simulation.firstMalformedRows.count < Self.toldLimit {
            simulation.firstMalformedRows.append(MalformedRow(line: line, reason: reason()))
        }
    }

    /// Counts a row of the log. An empty `mime` or `filename` counts as absent.
    mutating func count(direction: String, mime: String, filename: String, line: Int) {
        guard let side = MessageDirection.allCases.firstIndex(where: { $0.rawValue.hasSameLetters(as: direction) })
        else {
            return countMalformed(
                direction.isEmpty ? "direction is missing" : "direction is neither Inbound nor Outbound",
                line: line
            )
        }
        if mime.isEmpty, filename.isEmpty { return countMalformed("it has neither mime nor filename", line: line) }
        count(mime.isEmpty ? MessageAttachment(filename: filename).resolvedType.mediaType : mime, side)
    }

    private mutating func count(_ mime: String, _ side: Int) {
        simulation.rows += 1
        if let place = sides[side].places[mime] {
            groups[place].rows += 1
        } else if let essence = MediaType.concrete(mime) {
            countTyped(mime, essence, side)
        } else {
            let place = sides[side].untyped ?? add(nil, side)
            sides[side].untyped = place
            groups[place].rows += 1
        }
    }

    /// Counts a row with a spelling of a type that is new or cannot be remembered.
    private mutating func countTyped(_ mime: String, _ essence: String, _ side: Int) {
        if let place = sides[side].places[essence] {
            groups[place].rows += 1
            let length = mime.utf8.count
            if spellings < groupLimit, length <= MediaType.maximumLength,
                length <= Self.spellingBytes - spellingBytes
            {
                spellings += 1
                spellingBytes += length
                sides[side].places[mime] = place
            }
        } else if groups.count < groupLimit, essence.utf8.count <= MediaType.maximumLength {
            let place = add(essence, side)
            sides[side].places[essence] = place
            groups[place].rows += 1
        } else {
            simulation.rowsOutsideGroups += 1
            add(1, sides[side].today.entry(forConcrete: essence), sides[side].proposed?.entry(forConcrete: essence))
        }
    }

    private mutating func add(_ essence: String?, _ side: Int) -> Int {
        let side = sides[side]
        groups.append(
            Group(
                direction: side.direction,
                type: essence,
                today: essence.flatMap(side.today.entry),
                proposed: essence.flatMap { side.proposed?.entry(forConcrete: $0) }
            )
        )
        return groups.count - 1
    }

    private mutating func add(_ rows: Int, _ today: DecidingEntry?, _ then: DecidingEntry?) {
        if today != nil { simulation.today.allowedRows += rows } else { simulation.today.blockedRows += rows }
        if then != nil { proposed.allowedRows += rows } else { proposed.blockedRows += rows }
        if today == nil, then != nil { newlyAllowed += rows }
        if today != nil, then == nil { newlyBlocked += rows }
    }

    /// Returns the result of all counts.
    mutating func result() -> Simulation {
        for group in groups { add(group.rows, group.today, group.proposed) }
        let order = groups.sorted { left, right in
            if left.rows != right.rows { return left.rows > right.rows }
            return (left.direction.rawValue, left.type ?? "") < (right.direction.rawValue, right.type ?? "")
        }
        simulation.groups = order.map { group in
            var result = SimulationGroup()
            result.direction = group.direction
            result.mediaType = group.type
            result.rows = group.rows
            result.today = SimulationDecision(entry: group.today)
            if hasProposal { result.proposed = SimulationDecision(entry: group.proposed) }
            return result
        }
        if hasProposal {
            simulation.proposed = proposed
            simulation.newlyAllowedRows = newlyAllowed
            simulation.newlyBlockedRows = newlyBlocked
        }
        if simulation.rowsOutsideGroups == 0 { simulation.smallestMediaTypes = smallest }
        return simulation
    }

    /// The types of the log, ordered by name.
    private var smallest: MediaTypes {
        let types = { (direction: MessageDirection) in
            groups.filter { $0.direction == direction }.compactMap(\.type).sorted().map { MediaType(type: $0) }
        }
        return MediaTypes(allow: MediaTypeAccess(inbound: types(.inbound), outbound: types(.outbound)))
    }
}

extension String {
    /// Returns whether both strings are the same apart from the case of ASCII letters. This string must consist of ASCII letters.
    fileprivate func hasSameLetters(as other: String) -> Bool {
        utf8.count == other.utf8.count && zip(utf8, other.utf8).allSatisfy { $0 | 0x20 == $1 | 0x20 }
    }
}
