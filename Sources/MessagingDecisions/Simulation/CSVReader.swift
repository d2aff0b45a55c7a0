import MessagingContract

/// A reader of a log in CSV (RFC 4180), which takes the bytes as they arrive.
///
/// A row ends with CR LF or LF. Blank rows do not count. The header row names the columns in any order and letter case, and every row has
/// as many fields as the header row.
struct CSVReader: AttachmentLogReader {
    private enum State {
        /// No byte of the field has been read.
        case start
        /// In a field without quotation marks.
        case plain
        /// Between quotation marks.
        case quoted
        /// After a quotation mark in a quoted field. It ends the field unless another one follows.
        case closed
        /// After a CR that follows a quoted field.
        case ending
        /// In a row that cannot be read. The rest of its line is dropped.
        case broken(String)
    }

    private var state = State.start
    /// The fields of the row that have been read, one after the other without separators and quotation marks. `ends` has their ends.
    private var row: [UInt8] = []
    private var ends: [Int] = []
    /// The number of bytes of the row in the log.
    private var length = 0
    private var header: CSVHeader?
    private var line = 1
    private var firstLine = 1

    mutating func read(_ bytes: UnsafeBufferPointer<UInt8>, into tally: inout SimulationTally) throws(APIError) {
        var place = 0
        while place < bytes.count {
            place += take(UnsafeBufferPointer(rebasing: bytes[place...]))
            if place < bytes.count {
                try read(bytes[place], &tally)
                place += 1
            }
        }
    }

    /// Takes bytes that cannot change the state and returns their number.
    ///
    /// They are copied in one call, since a field may be as long as a row, and an overlong row as long as the log.
    private mutating func take(_ bytes: UnsafeBufferPointer<UInt8>) -> Int {
        let ends: (UInt8, UInt8)
        var room = Self.rowLimit - length
        switch state {
        case .quoted: ends = (Self.quote, Self.quote)
        case .plain: ends = (Self.quote, Self.comma)
        case .broken: (ends, room) = ((Self.lineFeed, Self.lineFeed), .max)
        case .start, .closed, .ending: return 0
        }
        var taken = 0
        while taken < bytes.count, taken < room, bytes[taken] != ends.0, bytes[taken] != ends.1,
            bytes[taken] != Self.lineFeed
        { taken += 1 }
        if case .broken = state {} else { row.append(contentsOf: UnsafeBufferPointer(rebasing: bytes[..<taken])) }
        length += taken
        return taken
    }

    private mutating func read(_ byte: UInt8, _ tally: inout SimulationTally) throws(APIError) {
        if length == 0 { firstLine = line }
        length += 1
        if length > Self.rowLimit, byte != Self.lineFeed || length > Self.rowLimit + 1 {
            state = .broken(Self.tooLong)
        }
        switch state {
        case .start where byte == Self.quote: state = .quoted
        case .start, .plain: try plain(byte, &tally)
        case .quoted where byte == Self.quote: state = .closed
        case .quoted: row.append(byte)
        case .closed where byte == Self.quote:
            state = .quoted
            row.append(byte)
        case .closed where byte == Self.carriageReturn: state = .ending
        case .closed where byte == Self.comma: endField()
        case .closed, .ending:
            if byte == Self.lineFeed {
                try endRow(&tally)
            } else {
                state = .broken("there is text after the quotation mark that ends a field")
            }
        case .broken: if byte == Self.lineFeed { try endRow(&tally) }
        }
        if byte == Self.lineFeed { line += 1 }
    }

    mutating func finish(into tally: inout SimulationTally) throws(APIError) {
        if case .quoted = state { state = .broken("a quoted field has no closing quotation mark") }
        if length > 0 { try endRow(&tally) }
    }

    private mutating func plain(_ byte: UInt8, _ tally: inout SimulationTally) throws(APIError) {
        switch byte {
        case Self.comma: endField()
        case Self.lineFeed: try endRow(&tally)
        case Self.quote: state = .broken("a field that does not begin with a quotation mark contains one")
        default:
            state = .plain
            row.append(byte)
        }
    }

    private mutating func endField() {
        ends.append(row.count)
        state = .start
    }

    private mutating func endRow(_ tally: inout SimulationTally) throws(APIError) {
        if case .plain = state, row.last == Self.carriageReturn { row.removeLast() }
        ends.append(row.count)
        if case .broken(let reason) = state {
            guard header != nil else { throw .badRequest("The header row of the log cannot be read: \(reason).") }
            tally.countMalformed(reason, line: firstLine)
        } else if let header {
            header.count(row, ends, line: firstLine, &tally)
        } else if !row.isEmpty || ends.count > 1 {
            header = try CSVHeader(row, ends)
        }
        row.removeAll(keepingCapacity: true)
        ends.removeAll(keepingCapacity: true)
        state = .start
        length = 0
    }

    private static let comma = UInt8(ascii: ",")
    private static let quote = UInt8(ascii: "\"")
    private static let carriageReturn = UInt8(ascii: "\r")
    private static let lineFeed = UInt8(ascii: "\n")
}
