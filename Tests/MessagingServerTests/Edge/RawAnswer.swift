import Foundation
import MessagingContract

/// A response as it arrived.
struct RawAnswer: Sendable {
    let status: Int
    let reason: String
    let fields: [String: String]
    let bytes: [UInt8]
    /// Whether its head is one of HTTP/1.1, with a reason phrase and no field twice.
    let isWellFormed: Bool

    var body: String { String(decoding: bytes, as: UTF8.self) }
    var json: JSON? { try? JSON(parsing: bytes) }
    var closes: Bool { fields["connection"] == "close" }

    /// Returns the response at the beginning of these bytes and its number of bytes, or nil if it is not complete. If no more bytes can
    /// come, a response may lack its body, as to HEAD.
    static func parse(_ bytes: ArraySlice<UInt8>, isAll: Bool = false) -> (RawAnswer, Int)? {
        guard let head = bytes.firstRange(of: Array("\r\n\r\n".utf8)) else { return nil }
        let text = String(decoding: bytes[..<head.lowerBound], as: UTF8.self)
        let lines = text.components(separatedBy: "\r\n")
        let words = lines[0].components(separatedBy: " ")
        let status = words.count > 1 ? Int(words[1]) ?? 0 : 0
        let reason = words.dropFirst(2).joined(separator: " ")
        var isWellFormed = words[0] == "HTTP/1.1" && !reason.isEmpty && words[1].utf8.count == 3
        var fields: [String: String] = [:]
        for line in lines.dropFirst() {
            guard let colon = line.firstIndex(of: ":") else {
                isWellFormed = false
                continue
            }
            let name = line[..<colon].lowercased()
            if name.isEmpty || fields[name] != nil { isWellFormed = false }
            fields[name] = String(line[colon...].dropFirst().drop { $0 == " " })
        }
        let rest = bytes[head.upperBound...]
        let isWithoutBody = isAll && (rest.isEmpty || rest.starts(with: "HTTP/1.1 ".utf8))
        let length = isWithoutBody ? 0 : Int(fields["content-length"] ?? "") ?? 0
        guard length >= 0, rest.count >= length else { return nil }
        let end = head.upperBound + length
        let answer = RawAnswer(
            status: status,
            reason: reason,
            fields: fields,
            bytes: Array(bytes[head.upperBound..<end]),
            isWellFormed: isWellFormed
        )
        return (answer, end - bytes.startIndex)
    }
}
