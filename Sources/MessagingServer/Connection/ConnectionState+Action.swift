import NIOCore

extension ConnectionState {
    /// What must be done with the connection.
    enum Action {
        /// Read from the socket once.
        case read
        /// Begin to handle a request. Its body follows when it is wanted, and then its end.
        case begin(RequestHead)
        /// Send the interim response 100, since the client waits for it.
        case sendContinue
        /// Pass on a part of the present request's body.
        case body(ByteBuffer)
        /// Note that the present request's body has ended. A request without a body has no such action.
        case end
        /// Pass on a refusal. It takes the place of a request, or of the rest of the present request's body.
        case refuse(Refusal)
        /// Close the sending side. This is the first step of closing a connection.
        case closeOutput
        /// Close the connection, whose responses are all sent.
        case close
        /// Close the socket at once, whatever is unsent.
        case cut
    }
}
