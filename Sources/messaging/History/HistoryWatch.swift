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

    /// Runs until the task is cancelled. A failure that may pass is reported once, and the request is made again.
    /// Throws any other one.
    func run() async throws {
        let (changes, newest) = try await selection.newest(limit, reader)
        try printer.stream(changes.reversed(), isFirst: true)
        if changes.isEmpty { selection.warning?.showOnce() }
        var last = newest
        var reported: String?
        while true {
            try await Task.sleep(for: interval)
            let found: (changes: [HistoryChange], newest: HistoryPlace)
            do {
                found = try await selection.since(last, reader)
            } catch let error as MessagingError where error.mayPass {
                try Task.checkCancellation()
                let message = Failure(error).message
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
}

extension MessagingError {
    /// Whether the same request may succeed later: the connection failed, or the host is busy or broken.
    fileprivate var mayPass: Bool {
        switch reason {
        case .notConnected, .interrupted, .timedOut: true
        case .refused, .tokenRefused: status.map { [408, 429].contains($0) || $0 >= 500 } ?? false
        case .cancelled, .unreadable, .invalidRequest: false
        }
    }
}
