public import MessagingContract

/// A simulation in progress. It reads a log piece by piece, in memory that does not grow with the log.
public struct SimulationRun {
    private var reader: any AttachmentLogReader
    private var tally: SimulationTally
    /// The number of bytes of a byte order mark that have been matched at the beginning of the log; nil after it.
    private var mark: Int? = 0

    /// Creates a simulation for a log in this format, with the media types that are allowed today and proposed ones, or nil without
    /// proposal.
    public init(_ format: AttachmentLog.Format, today: MediaTypes?, proposed: MediaTypes?) {
        reader =
            switch format {
            case .jsonLines: JSONLinesReader()
            case .csv: CSVReader()
            }
        tally = SimulationTally(today: today, proposed: proposed)
    }

    /// Reads the next piece. Throws a 400 if the header row of a CSV log lacks required columns.
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
