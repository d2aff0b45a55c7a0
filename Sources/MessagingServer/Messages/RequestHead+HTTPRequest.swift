import HTTPTypes
import NIOCore

extension RequestHead {
    /// Creates the head of a request that did not arrive through a connection.
    init(_ request: HTTPRequest) {
        var bytes = ByteBuffer()
        bytes.writeString("\(request.method.rawValue) ")
        let start = bytes.writerIndex
        bytes.writeString(request.path ?? "")
        target = start..<bytes.writerIndex
        bytes.writeString(" HTTP/1.1\r\n")
        method = request.method
        firstField = bytes.writerIndex
        if let authority = request.authority { host = bytes.writeField("Host", authority) }
        for field in request.headerFields {
            let value = bytes.writeField(field.name.rawName, field.value)
            if field.name == .authorization { authorization = value }
            let name = value.lowerBound - 2 - field.name.rawName.utf8.count..<value.lowerBound - 2
            if let field = KnownField(name, in: bytes.readableBytesUInt8Span) { known.insert(field) }
        }
        bytes.writeString("\r\n")
        fields = request.headerFields.count
        contentLength = request.headerFields[.contentLength].flatMap { Int($0) }
        self.bytes = bytes
    }
}

extension ByteBuffer {
    /// Writes the line of a field and returns the place of the value.
    fileprivate mutating func writeField(_ name: String, _ value: String) -> Range<Int> {
        writeString("\(name): ")
        let start = writerIndex
        writeString(value)
        let end = writerIndex
        writeString("\r\n")
        return start..<end
    }
}
