import NIOCore

/// The switch of a connection to another protocol after a response 101. It is the only way out of HTTP.
package struct Upgrade: Sendable {
    /// Makes the handlers that take over, in the order of incoming bytes. They get all bytes behind the request, also those that arrived in
    /// one segment with it. No deadline of HTTP holds for them: they must close the connection when the client closes its sending side, and
    /// when the server stops. NIO reports both as events.
    let handlers: @Sendable () -> [any ChannelHandler]
}
