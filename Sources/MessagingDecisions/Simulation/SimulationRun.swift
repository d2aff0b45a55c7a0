public import MessagingContract

/// A log of attachments on its way through a profile: it is read piece by piece, in memory that does not grow with it.
public struct SimulationRun {
    private var reader: any AttachmentLogReader
    private var tally: SimulationTally
    /// How much of a byte order mark the log begins with; nil behind it.
    private var mark: Int? = 0

    /// A log in this format, of which nothing was read, against what passes today and what would with a proposal; nil where nothing
    /// is proposed.
    public init(_ format: AttachmentLog.Format, today: MediaTypes?, proposed: MediaTypes?) {
        reader =
            switch format {
            case .jsonLines: JSONLinesReader()
            case .csv: CSVReader()
            }
        tally = SimulationTally(today: today, proposed: proposed)
    }

    /// Reads the next piece. Throws 400 when the header row of CSV does not name the columns that a log must have.
    public mutating func read(_ piece: ArraySlice<UInt8>) throws(APIError) {
        let piece = withoutMark(piece)
        var result: Result<Void, APIError> = .success(())
        piece.withUnsafeBufferPointer { bytes in
            do throws(APIError) {
                try reader.read(bytes, into: &tally)
            } catch {
                result = .failure(error)
            }
        }
        try result.get()
    }

    /// Ends the log and returns the result. Throws as ``read(_:)`` does.
    public mutating func finish() throws(APIError) -> Simulation {
        try reader.finish(into: &tally)
        return tally.result()
    }

    private mutating func withoutMark(_ piece: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
        var piece = piece
        while let matched = mark, let first = piece.first {
            mark = first == Self.mark[matched] && matched < 2 ? matched + 1 : nil
            if first == Self.mark[matched] { piece.removeFirst() }
        }
        return piece
    }

    private static let mark: [UInt8] = [0xEF, 0xBB, 0xBF]
}
