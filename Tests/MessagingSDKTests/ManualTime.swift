import Synchronization

@testable import MessagingSDK

/// A time that passes only when a test says so.
final class ManualTime: Sendable {
    private let time = Mutex(ContinuousClock.now)

    var now: ContinuousClock.Instant { time.withLock { $0 } }

    func pass(_ duration: Duration) { time.withLock { $0 = $0.advanced(by: duration) } }

    /// The credentials of an OAuth client, for tokens that expire by this time.
    func credentials(_ credentials: Credentials) -> Credentials {
        guard case .clientCredentials(let id, let secret, _) = credentials.way else { return credentials }
        return .clientCredentials(id: id, secret: secret) { self.now }
    }
}
