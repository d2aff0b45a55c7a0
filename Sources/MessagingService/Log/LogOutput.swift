import Dispatch
import Foundation
package import Logging
package import MessagingServer
import Synchronization

/// An output of lines to a file descriptor. Each line is written whole and in order, on a separate thread, so logging never blocks. If the
/// reader is too slow, lines are dropped, and a line reports their number.
package final class LogOutput: Sendable {
    private struct State {
        var bytes: [UInt8] = []
        var dropped = 0
        var isWriting = false
    }

    /// The largest number of bytes that wait for the reader. Lines beyond that are dropped.
    static let mostWaiting = 4 << 20

    /// The time for which a line waits for others. Waking a thread for each line would cost more than the lines do.
    private static let delay = DispatchTimeInterval.milliseconds(5)

    private let file: Int32
    private let isText: Bool
    private let state = Mutex(State())
    private let queue = DispatchQueue(label: "log")

    /// Creates an output to a file descriptor that stays open, as JSON or as readable text.
    package init(file: Int32, _ format: LogFormat) {
        self.file = file
        isText = format == .text || (format == .auto && isatty(file) == 1)
    }

    /// Adds a line, to be written soon.
    func log(_ level: Logger.Level, _ message: String, _ metadata: Logger.Metadata) {
        log(line(level, message, metadata))
    }

    /// Adds the line of a request.
    package func log(_ request: RequestLine) {
        if isText { log(.info, RequestLine.message, request.metadata) } else { log(LogLine.json(request)) }
    }

    private func line(_ level: Logger.Level, _ message: String, _ metadata: Logger.Metadata) -> [UInt8] {
        isText ? LogLine.text(level, message, metadata) : LogLine.json(level, message, metadata)
    }

    private func log(_ bytes: [UInt8]) {
        let begins = state.withLock { state in
            guard state.bytes.count + bytes.count <= Self.mostWaiting else {
                state.dropped += 1
                return false
            }
            state.bytes += bytes
            defer { state.isWriting = true }
            return !state.isWriting
        }
        if begins { queue.asyncAfter(deadline: .now() + Self.delay) { self.write() } }
    }

    /// Waits until the lines so far are written, at most a second. Returns false if they are not written by then.
    @discardableResult func flush() -> Bool {
        let done = DispatchSemaphore(value: 0)
        queue.async {
            self.write()
            done.signal()
        }
        return done.wait(timeout: .now() + 1) == .success
    }

    private func write() {
        while true {
            let (bytes, dropped) = state.withLock { state in
                defer { (state.bytes, state.dropped) = ([], 0) }
                if state.bytes.isEmpty { state.isWriting = false }
                return (state.bytes, state.dropped)
            }
            if bytes.isEmpty { return }
            write(bytes)
            if dropped > 0 { write(line(.warning, "Dropped log lines", ["lines": .stringConvertible(dropped)])) }
        }
    }

    private func write(_ bytes: [UInt8]) {
        var rest = bytes[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { Foundation.write(file, $0.baseAddress, $0.count) }
            if count > 0 {
                rest = rest.dropFirst(count)
            } else if count < 0, errno == EAGAIN {
                var readiness = pollfd(fd: file, events: Int16(POLLOUT), revents: 0)
                poll(&readiness, 1, 1_000)
            } else if count >= 0 || errno != EINTR {
                return
            }
        }
    }
}

/// A log handler with a ``LogOutput``.
package struct OutputLogHandler: LogHandler {
    private let output: LogOutput
    package var logLevel = Logger.Level.info
    package var metadata: Logger.Metadata = [:]

    package init(_ output: LogOutput) { self.output = output }

    package subscript(metadataKey key: String) -> Logger.Metadata.Value? {
        get { metadata[key] }
        set { metadata[key] = newValue }
    }

    package func log(event: LogEvent) {
        let own = event.metadata ?? [:]
        let all = metadata.isEmpty ? own : metadata.merging(own) { $1 }
        output.log(event.level, event.message.description, all)
    }
}
