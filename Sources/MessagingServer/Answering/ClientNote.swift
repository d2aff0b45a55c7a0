import MessagingCore
import Synchronization

/// Which client a request to an OAuth endpoint names: its handler notes it, and the log has it also when the request is refused.
final class ClientNote: Sendable {
    private let noted = Mutex<NamedClient?>(nil)

    /// The client that was noted; nil when the request named none.
    var client: NamedClient? { noted.withLock { $0 } }

    /// Keeps the client, in the place of one that was noted before.
    func note(_ client: NamedClient) { noted.withLock { $0 = client } }
}
