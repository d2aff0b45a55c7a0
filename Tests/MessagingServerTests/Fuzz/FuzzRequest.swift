import MessagingContract
import Randomness

/// A request in parts, which become bytes.
struct FuzzRequest: Sendable {
    /// The framing of the body.
    enum Framing: Sendable {
        /// By its length, or by nothing when there is none.
        case length
        /// By chunks of these sizes, over and over.
        case chunks([Int])
        /// These fields and bytes, valid or not.
        case bytes(fields: String, body: [UInt8])
    }

    var operation: APIOperation
    var method: String
    var path: String
    var query = ""
    var version = "HTTP/1.1"
    var fields: [(name: String, value: [UInt8])] = [("Host", Array("test".utf8))]
    var body: [UInt8] = []
    var framing = Framing.length
    /// Whether it is surely one request, and ends where its bytes end.
    var isWhole = true

    var target: String { query.isEmpty ? path : "\(path)?\(query)" }

    subscript(name: String) -> [UInt8]? {
        get { fields.first { $0.name == name }?.value }
        set {
            fields.removeAll { $0.name == name }
            if let newValue { fields.append((name, newValue)) }
        }
    }

    var bytes: [UInt8] {
        var bytes = Array("\(method) \(target) \(version)\r\n".utf8)
        for (name, value) in fields {
            bytes += "\(name): ".utf8
            bytes += value
            bytes += "\r\n".utf8
        }
        switch framing {
        case .length:
            if !body.isEmpty { bytes += "Content-Length: \(body.count)\r\n".utf8 }
            bytes += "\r\n".utf8
            bytes += body
        case .chunks(let sizes):
            bytes += "Transfer-Encoding: chunked\r\n\r\n".utf8
            bytes += Self.chunks(body, sizes)
        case .bytes(let fields, let body):
            bytes += "\(fields)\r\n".utf8
            bytes += body
        }
        return bytes
    }

    static func chunks(_ body: [UInt8], _ sizes: [Int]) -> [UInt8] {
        var bytes: [UInt8] = []
        var left = body[...]
        var turn = 0
        while !left.isEmpty {
            let chunk = left.prefix(max(1, sizes[turn % sizes.count]))
            bytes += "\(String(chunk.count, radix: 16))\r\n".utf8
            bytes += chunk
            bytes += "\r\n".utf8
            left = left.dropFirst(chunk.count)
            turn += 1
        }
        bytes += "0\r\n\r\n".utf8
        return bytes
    }
}

extension SplitMix {
    mutating func pick<Element>(_ elements: [Element]) -> Element { elements[number(below: elements.count)] }

    mutating func number(below limit: Int) -> Int { Int(next() % UInt64(max(1, limit))) }

    /// Returns true once in so many calls.
    mutating func once(in times: Int) -> Bool { number(below: times) == 0 }
}
