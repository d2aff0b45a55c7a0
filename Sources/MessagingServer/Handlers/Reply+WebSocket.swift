import Crypto
import Foundation
import HTTPTypes
package import MessagingContract
package import NIOCore
import NIOWebSocket

extension Reply where Response == WebSocketOpening {
    /// Creates the response that opens a WebSocket (RFC 6455, section 4.2). `handlers` makes the handlers of its frames, each of which has at
    /// most `frameBytes` of payload: they get a `WebSocketFrame` for each frame that the client sends, and send frames. They must close the
    /// connection when the server stops, and when a client is silent for too long.
    ///
    /// Throws 426 unless the request is the opening handshake of version 13 in HTTP/1.1, and 400 if its key is not valid.
    package init(
        openingFor request: IncomingRequest,
        frameBytes: Int,
        handlers: @escaping @Sendable () -> [any ChannelHandler]
    ) throws(APIError) {
        let isOffer =
            request.method == .get && request.head.length == .known(0) && !request.head.isLast
            && request.hasOption("websocket", in: .upgrade) && request.hasOption("upgrade", in: .connection)
        guard isOffer, request.values(of: .secWebSocketVersion) == ["13"] else { throw .upgradeRequired }
        let keys = request.values(of: .secWebSocketKey)
        guard keys.count == 1, Data(base64Encoded: keys[0])?.count == 16 else {
            throw .badRequest("The field Sec-WebSocket-Key is not 16 bytes in Base64.")
        }
        content = Content(status: Response.status)
        content.fields.add(.upgrade, "websocket")
        content.fields.add(.connection, "Upgrade")
        let digest = Insecure.SHA1.hash(data: Data((keys[0] + Self.guid).utf8))
        content.fields.add(.secWebSocketAccept, Data(digest).base64EncodedString())
        content.upgrade = Upgrade {
            let decoder = ByteToMessageHandler(WebSocketFrameDecoder(maxFrameSize: frameBytes))
            return [WebSocketFrameEncoder(), decoder, WebSocketProtocolErrorHandler(), WebSocketGuard()] + handlers()
        }
    }

    /// The text behind a key, RFC 6455, section 1.3.
    private static var guid: String { "258EAFA5-E914-47DA-95CA-C5AB0DC85B11" }
}

extension IncomingRequest {
    /// Returns whether a list of options has this one, in any letter case.
    fileprivate func hasOption(_ option: String, in name: HTTPField.Name) -> Bool {
        values(of: name).contains { $0.listElements.contains { $0.lowercased() == option } }
    }
}
