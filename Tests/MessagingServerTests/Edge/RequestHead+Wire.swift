import NIOCore

@testable import MessagingServer

extension RequestHead {
    /// Parses a text that is exactly one head. Returns nil for any other text.
    init?(wire text: String) {
        var parser = HeadParser()
        let bytes = ByteBuffer(string: text)
        guard let (head, length) = try? parser.parse(bytes, Limits()), length == bytes.readableBytes else { return nil }
        self = head
    }
}
