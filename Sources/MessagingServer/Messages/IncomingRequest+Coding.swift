import HTTPTypes
import MessagingContract

extension IncomingRequest {
    /// Throws a 415 if the header fields state that the body is not plain UTF-8. For an unsupported content coding, the response gets the
    /// field `Accept-Encoding` with the supported one (RFC 9110, section 15.5.16).
    func checkCoding(_ fields: inout HTTPFields?) throws(APIError) {
        if hasContentCoding {
            fields.add(.acceptEncoding, Self.identity)
            throw .unsupportedContentCoding
        }
        if let type = head[.contentType], !Self.charsets(of: type).allSatisfy(Self.known.contains) {
            throw .unsupportedCharset
        }
    }

    private static let identity = "identity"

    /// The accepted charsets. US-ASCII is a subset of UTF-8; `utf8` is a common misspelling.
    private static let known: Set<String> = ["utf-8", "utf8", "us-ascii"]

    private var hasContentCoding: Bool {
        guard let field = head[.contentEncoding] else { return false }
        return field.split(separator: ",").contains { coding in
            let name = Self.trimmed(coding.utf8)
            return !name.isEmpty && name != Self.identity
        }
    }

    /// Returns the values of the parameter `charset` of a media type (RFC 9110, section 8.3.1), in lower case and without quotes.
    private static func charsets(of type: String) -> [String] {
        guard type.utf8.contains(semicolon) else { return [] }
        return parameters(of: type).compactMap { parameter in
            let parts = parameter.split(separator: equals, maxSplits: 1, omittingEmptySubsequences: false)
            guard parts.count == 2, trimmed(parts[0]) == "charset" else { return nil }
            return trimmed(parts[1])
        }
    }

    /// Returns the texts after each semicolon outside of quotation marks, without quotation marks and escapes.
    private static func parameters(of type: String) -> ArraySlice<[UInt8]> {
        var parts: [[UInt8]] = [[]]
        var isQuoted = false
        var isEscaped = false
        for byte in type.utf8 {
            if byte == semicolon, !isQuoted {
                parts.append([])
            } else if isEscaped {
                parts[parts.count - 1].append(byte)
                isEscaped = false
            } else if byte == backslash, isQuoted {
                isEscaped = true
            } else if byte == quote {
                isQuoted.toggle()
            } else {
                parts[parts.count - 1].append(byte)
            }
        }
        return parts.dropFirst()
    }

    /// Returns a text in lower case, without surrounding blanks.
    private static func trimmed(_ bytes: some BidirectionalCollection<UInt8>) -> String {
        let start = bytes.drop { blanks.contains($0) }
        let end = start.lastIndex { !blanks.contains($0) }
        return end.map { String(decoding: start[...$0], as: UTF8.self).lowercased() } ?? ""
    }

    private static let semicolon = UInt8(ascii: ";")
    private static let equals = UInt8(ascii: "=")
    private static let quote = UInt8(ascii: "\"")
    private static let backslash = UInt8(ascii: "\\")
    private static let blanks = Array(" \t".utf8)
}
