import NIOCore

/// The switch of a connection to another protocol after a response 101. It is the only way out of HTTP.
package struct Upgrade: Sendable {
    /// Makes the handlers that take over, in the order of incoming bytes. They get all bytes behind the request, also those that arrived in
    /// one segment with it. When the server stops, they get NIO's event for that and must close the connection.
    let handlers: @Sendable () -> [any ChannelHandler]
}
