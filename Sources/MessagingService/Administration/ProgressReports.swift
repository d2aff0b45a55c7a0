import HTTPTypes
import MessagingContract
import MessagingServer
import Synchronization

/// The progress reports of one command to its client, at most one per fifth of a second. A report also detects that the client is gone.
final class ProgressReports: Sendable {
    private let request: IncomingRequest
    private let next = Mutex(ContinuousClock.now)

    init(_ request: IncomingRequest) { self.request = request }

    /// Acknowledges the request. Throws if the client is gone.
    func begin() async throws(APIError) {
        do { try await request.reportProgress() } catch { throw .badRequest("the client closed the connection") }
    }

    /// Reports progress in pages. Throws if the client is gone.
    @Sendable func report(_ done: Int, _ total: Int) async throws {
        let isDue = next.withLock { next in
            let now = ContinuousClock.now
            if now < next { return false }
            next = now + .milliseconds(200)
            return true
        }
        if isDue { try await request.reportProgress([.progress: "\(done)/\(total)"]) }
    }
}
