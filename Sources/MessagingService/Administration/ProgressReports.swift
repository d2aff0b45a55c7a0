import MessagingContract
import NIOCore
import Synchronization

/// The lines that report to a client how far its command is, at most one in a fifth of a second. Writing a line also shows whether the
/// client is still there.
final class ProgressReports: Sendable {
    private let outbound: NIOAsyncChannelOutboundWriter<ByteBuffer>
    private let next = Mutex(ContinuousClock.now)

    init(_ outbound: NIOAsyncChannelOutboundWriter<ByteBuffer>) { self.outbound = outbound }

    /// Reports that the request was received. Throws when the client is gone.
    func begin() async throws { try await write(0, 0) }

    /// Throws when the client is gone.
    @Sendable func report(_ done: Int, _ total: Int) async throws {
        let isDue = next.withLock { next in
            let now = ContinuousClock.now
            if now < next { return false }
            next = now + .milliseconds(200)
            return true
        }
        if isDue { try await write(done, total) }
    }

    private func write(_ done: Int, _ total: Int) async throws {
        let line: JSON = ["progress": [done.json, total.json]]
        try await outbound.write(ByteBuffer(bytes: line.bytes + [UInt8(ascii: "\n")]))
    }
}
