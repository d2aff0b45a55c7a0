import MessagingContract
import MessagingCore
import NIOCore

/// A document that is the same in every response, stored once for all connections.
struct SharedDocument: Sendable {
    let body: ResponseBody
    let tag: EntityTag

    init(_ bytes: [UInt8]) {
        body = .document(ByteBuffer(bytes: bytes))
        tag = EntityTag(of: bytes)
    }
}
