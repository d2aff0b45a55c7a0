import MessagingContract
import MessagingCore
import NIOCore

/// A document that is the same in every response, stored once for all connections.
struct SharedDocument: Sendable {
    let bytes: [UInt8]
    /// The same bytes in a buffer, of which connections send slices.
    let buffer: ByteBuffer
    let tag: EntityTag

    init(_ bytes: [UInt8]) {
        self.bytes = bytes
        buffer = ByteBuffer(bytes: bytes)
        tag = EntityTag(of: bytes)
    }
}
