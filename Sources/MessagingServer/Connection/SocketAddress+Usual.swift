import MessagingCore
import NIOCore

extension SocketAddress {
    /// The address of the peer in its usual spelling, see ``NetworkAddress/usual(_:)``; nil for a Unix socket.
    var usualIPAddress: String? { ipAddress.map(NetworkAddress.usual) }
}
