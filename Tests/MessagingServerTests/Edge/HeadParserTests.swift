import HTTPTypes
import NIOCore
import NIOEmbedded
import NIOHTTP1
import Randomness
import Testing

@testable import MessagingServer

/// The parser of heads and chunked bodies beside NIO's parser, which reads the same bytes as a client's proxy may read them.
@Suite struct HeadParserTests {
    /// A request as a reader understands it, with the number of bytes that follow it.
    private struct Reading: Equatable {
        var method = ""
        var target = ""
        var fields: [String] = []
        var body = ""
        var isComplete = false
    }

    /// Returns how our reader understands the first request in these bytes, or nil if it refuses them.
    private static func ours(_ bytes: [UInt8]) -> Reading? {
        var reader = RequestReader()
        _ = reader.receive(ByteBuffer(bytes: bytes))
        var reading = Reading()
        do {
            while let part = try reader.next(Limits()) {
                switch part {
                case .head(let head):
                    let request = head.request(scheme: "http")
                    reading.method = request.method.rawValue
                    reading.target = request.path ?? ""
                    if let host = request.authority { reading.fields.append("host: \(host)") }
                    reading.fields += request.headerFields.map { "\($0.name.canonicalName): \($0.value)" }
                    reading.fields.sort()
                case .body(let piece):
                    reading.body += String(buffer: piece)
                case .end:
                    reading.isComplete = true
                    return reading
                }
            }
            return reading
        } catch {
            return nil
        }
    }

    /// Returns how NIO's parser understands them, or nil if it refuses them.
    private static func nios(_ bytes: [UInt8]) -> Reading? {
        let channel = EmbeddedChannel(handler: ByteToMessageHandler(HTTPRequestDecoder()))
        defer { _ = try? channel.finish(acceptAlreadyClosed: true) }
        do {
            try channel.writeInbound(ByteBuffer(bytes: bytes))
        } catch {
            // What was read before the error counts: the error may belong to a later request.
        }
        var reading = Reading()
        var hasHead = false
        while let part = try? channel.readInbound(as: HTTPServerRequestPart.self) {
            switch part {
            case .head(let head):
                hasHead = true
                reading.method = head.method.rawValue
                reading.target = head.uri
                // NIO leaves blanks at the end of a value, which are no part of it (RFC 9112, section 5.1).
                reading.fields = head.headers.map { field in
                    "\(field.name.lowercased()): \(String(field.value.reversed().drop { $0 == " " }.reversed()))"
                }
                .sorted()
            case .body(let piece):
                reading.body += String(buffer: piece)
            case .end:
                reading.isComplete = true
                return reading
            }
        }
        return hasHead ? reading : nil
    }

    private static let requests = [
        "GET /a/b?c=d&e=%20 HTTP/1.1\r\nHost: h.example:80\r\nAccept: */*\r\nX-Y: a b c\r\nConnection: keep-alive\r\n\r\n",
        "POST http://h/a HTTP/1.1\r\nHost: h\r\nContent-Length: 5\r\nIf-None-Match: \"a\"\r\n\r\nabcde",
        "PATCH /a HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n5;x=y\r\nabcde\r\n0A\r\n0123456789\r\n0\r\nT: u\r\n\r\n",
        "OPTIONS * HTTP/1.1\r\nHost: h\r\nOrigin: https://x.example\r\nAuthorization: Bearer a\r\n\r\n",
    ]

    @Test(arguments: requests) func aValidRequestIsReadAsNIOReadsIt(_ request: String) {
        let ours = Self.ours(Array(request.utf8))
        #expect(ours != nil && ours == Self.nios(Array(request.utf8)))
    }

    /// A request that we accept is the same request for NIO. So a proxy with such a parser forwards what the server handles.
    @Test func noMutationIsReadDifferently() {
        var random = SplitMix(seed: 20_261_129)
        let special = Array("\r\n :/?%&=-_H\"0;,@\u{0}\u{7F}aZ\u{E9}".utf8)
        var counts = (accepted: 0, complete: 0, strict: 0)
        for _ in 0..<40_000 {
            var bytes = Array((Self.requests.randomElement(using: &random) ?? "").utf8)
            for _ in 0..<Int.random(in: 1...2, using: &random) {
                let place = Int.random(in: 0..<bytes.count, using: &random)
                let byte = special[Int.random(in: 0..<special.count, using: &random)]
                switch Int.random(in: 0...3, using: &random) {
                case 0: bytes[place] = byte
                case 1: bytes.insert(byte, at: place)
                case 2: bytes.remove(at: place)
                default: bytes.insert(contentsOf: bytes[place...].prefix(12), at: place)
                }
            }
            let (ours, nios) = (Self.ours(bytes), Self.nios(bytes))
            guard let ours else {
                if nios?.isComplete == true { counts.strict += 1 }
                continue
            }
            counts.accepted += 1
            guard ours.isComplete else { continue }
            counts.complete += 1
            #expect(ours == nios, "\(String(decoding: bytes, as: UTF8.self).debugDescription)")
        }
        #expect(counts.complete > 10_000 && counts.strict < counts.accepted, "\(counts)")
    }
}
