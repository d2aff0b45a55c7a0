import HTTPTypes
import MessagingContract

/// The connection of a request's client, as far as a handler uses it. Its methods may be called on any thread until the request has its
/// response.
protocol ClientConnection: AnyObject, Sendable {
    /// Whether the client can still get a response.
    var isOpen: Bool { get }

    /// Sends an interim response (1xx) with these header fields. Sends nothing to a client of HTTP/1.0. Throws if the connection is closed.
    func sendInterim(_ status: HTTPResponse.Status, _ fields: HTTPFields) async throws

    /// Reads the body of the request. Throws the errors of ``RequestBody/bytes(limit:of:)``.
    func body(limit: Int, of owner: BodyOwner) async throws(APIError) -> [UInt8]

    /// Reads the next piece of the request's body as it arrives, however long that takes. Returns nil at the end. Throws the errors of
    /// ``RequestBody/pieces(limit:)``.
    func nextPiece(limit: Int) async throws(APIError) -> [UInt8]?
}
