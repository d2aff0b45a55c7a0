import Dispatch
import Foundation
package import Logging
package import MessagingServer
import Synchronization

/// Writes lines to a file descriptor, each of them whole and in the order in which they came, on a thread of its own: whoever logs
/// never waits for the reader. When the reader is too slow, lines are left out, and a line says how many.
package final class LogOutput: Sendable {
    private struct State {
        var bytes: [UInt8] = []
        var dropped = 0
        var isWriting = false
    }

    /// Bytes that wait for the reader; lines beyond that are left out.
    static let mostWaiting = 4 << 20

    /// How long a line waits for others to be written with: waking a thread for each would cost more than the lines do.
    private static let delay = DispatchTimeInterval.milliseconds(5)

    private let file: Int32
    private let isText: Bool
    private let state = Mutex(State())
    private let queue = DispatchQueue(label: "log")

    /// An output to a file descriptor that stays open, as JSON or as text for people.
    package init(file: Int32, _ format: LogFormat) {
        self.file = file
        isText = format == .text || (format == .auto && isatty(file) == 1)
    }

    /// Takes a line in, to be written soon.
    func log(_ level: Logger.Level, _ message: String, _ metadata: Logger.Metadata) {
        log(line(level, message, metadata))
    }

    /// Takes the line of a request in.
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

    /// Waits until what was logged is written, a second at most; false when it is not written by then.
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
            if dropped > 0 { write(line(.warning, "lines were left out", ["lines": .stringConvertible(dropped)])) }
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

/// Logs to a ``LogOutput``.
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
