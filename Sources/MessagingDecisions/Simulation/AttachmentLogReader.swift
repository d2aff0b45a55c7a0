import MessagingContract

/// Reads the rows of a log from its bytes, as they come.
protocol AttachmentLogReader {
    /// Counts the rows that end in these bytes.
    mutating func read(_ bytes: UnsafeBufferPointer<UInt8>, into tally: inout SimulationTally) throws(APIError)
    /// Counts the last row, when it has no end of line.
    mutating func finish(into tally: inout SimulationTally) throws(APIError)
}

extension AttachmentLogReader {
    /// The bytes that a row may have; longer ones are malformed.
    static var rowLimit: Int { 64 * 1_024 }
    static var tooLong: String { "it is longer than \(rowLimit) bytes" }
}
