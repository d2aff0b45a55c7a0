import MessagingContract

/// A reader that gets the rows of a log from its bytes as they arrive.
protocol AttachmentLogReader {
    /// Counts the rows that end in these bytes.
    mutating func read(_ bytes: UnsafeBufferPointer<UInt8>, into tally: inout SimulationTally) throws(APIError)
    /// Counts the last row if it does not end with a line end.
    mutating func finish(into tally: inout SimulationTally) throws(APIError)
}

extension AttachmentLogReader {
    /// The largest number of bytes in a row. Longer rows are malformed.
    static var rowLimit: Int { 64 * 1_024 }
    static var tooLong: String { "it is longer than \(rowLimit) bytes" }
}
