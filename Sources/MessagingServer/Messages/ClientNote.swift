import MessagingCore
import Synchronization

/// A note of the client that a request to an OAuth endpoint names. The handler writes it, so that the log has it even if the request is
/// refused.
final class ClientNote: Sendable {
    private let noted = Mutex<NamedClient?>(nil)

    /// The noted client; nil if the request named none.
    var client: NamedClient? { noted.withLock { $0 } }

    /// Notes the client. It replaces an earlier one.
    func note(_ client: NamedClient) { noted.withLock { $0 = client } }
}
