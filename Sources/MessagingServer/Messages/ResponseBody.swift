import NIOCore

/// The body of a response.
enum ResponseBody: Sendable {
    /// The bytes of a stored object, or a document that was made for one response.
    case bytes([UInt8])
    /// A page of a list. Other responses may have the same page for a while.
    case page(ByteBuffer)
    /// A page of a list that is not made yet.
    case objects(ListedObjects)
    /// A document that every response of an operation has.
    case document(ByteBuffer)

    /// The number of bytes.
    var count: Int {
        switch self {
        case .bytes(let bytes): bytes.count
        case .page(let buffer), .document(let buffer): buffer.readableBytes
        case .objects(let objects): objects.count
        }
    }

    /// A copy of the bytes.
    var bytes: [UInt8] {
        switch self {
        case .bytes(let bytes): bytes
        case .page(let buffer), .document(let buffer): Array(buffer.readableBytesView)
        case .objects(let objects): objects.bytes
        }
    }
}
