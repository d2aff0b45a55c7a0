import MessagingFiles
import MessagingSDK
import StandardStreams

/// Shows the newest changes and then each new one, until its task is cancelled.
struct HistoryWatch: Sendable {
    /// Which changes are shown.
    let selection: HistorySelection
    /// The history.
    let reader: HistoryReader
    /// The output.
    let printer: Printer
    /// The number of changes that are shown first.
    let limit: Int
    /// The time between two requests.
    let interval: Duration

    /// Runs until the task is cancelled. A request that fails is reported once, and made again.
    func run() async throws {
        let (changes, newest) = try await selection.newest(limit, reader)
        try printer.stream(changes.reversed(), isFirst: true)
        var last = newest
        var reported: String?
        while true {
            try await Task.sleep(for: interval)
            let found: (changes: [HistoryChange], newest: HistoryPlace)
            do {
                found = try await selection.since(last, reader)
            } catch {
                try Task.checkCancellation()
                let message = Self.message(error)
                if message != reported { Terminal.complain("messaging: \(message.visible); asking again") }
                reported = message
                continue
            }
            reported = nil
            if found.newest < last { Terminal.complain("messaging: the host has another history now") }
            last = found.newest
            try printer.stream(found.changes, isFirst: false)
        }
    }

    private static func message(_ error: any Error) -> String {
        if let error = error as? MessagingError { return Failure(error).message }
        return (error as? Failure)?.message ?? "\(error)"
    }
}
