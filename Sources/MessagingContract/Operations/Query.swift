/// The items of a query or of an HTML form, in order.
public struct Query: Sendable {
    /// The decoded names and values.
    public let items: [(name: String, value: String)]

    /// Creates a query without items.
    public init() { items = [] }

    /// Creates a query with these items.
    public init(_ items: [(name: String, value: String)]) { self.items = items }

    /// Reads a text such as `a=1&b=two+words`. Returns nil if an escape is not two hexadecimal digits or the result is not UTF-8.
    public init?(parsing text: some StringProtocol) {
        var items: [(name: String, value: String)] = []
        for pair in Substring(text).utf8.split(separator: UInt8(ascii: "&")) {
            let parts = pair.split(separator: UInt8(ascii: "="), maxSplits: 1, omittingEmptySubsequences: false)
            guard let name = String(percentDecoding: Substring(parts[0]), plusIsSpace: true),
                let value = parts.count == 1 ? "" : String(percentDecoding: Substring(parts[1]), plusIsSpace: true)
            else { return nil }
            items.append((name, value))
        }
        self.items = items
    }

    /// Returns the value of the first item with this name.
    public subscript(name: String) -> String? { items.first { $0.name == name }?.value }

    /// Returns the values of all items with this name.
    func values(of name: String) -> [String] { items.filter { $0.name == name }.map(\.value) }

    /// Returns the value of the first item with this name, or nil if it is absent or empty.
    func value(of name: String) -> String? { self[name].flatMap { $0.isEmpty ? nil : $0 } }

    /// The encoded form in a URL or a form, without a question mark.
    public var text: String {
        items.map { "\($0.name.percentEncoded)=\($0.value.percentEncoded)" }.joined(separator: "&")
    }
}

extension String {
    /// Decodes each `%XX` once. Returns nil if an escape is not two hexadecimal digits or the result is not UTF-8.
    public init?(percentDecoding text: Substring, plusIsSpace: Bool = false) {
        guard text.utf8.contains(where: { $0 == UInt8(ascii: "%") || $0 == UInt8(ascii: "+") }) else {
            self.init(text)
            return
        }
        var decoded: [UInt8] = []
        decoded.reserveCapacity(text.utf8.count)
        var iterator = text.utf8.makeIterator()
        while let byte = iterator.next() {
            switch byte {
            case UInt8(ascii: "%"):
                guard let high = iterator.next().flatMap(\.hexValue),
                    let low = iterator.next().flatMap(\.hexValue)
                else { return nil }
                decoded.append(high << 4 | low)
            case UInt8(ascii: "+") where plusIsSpace:
                decoded.append(UInt8(ascii: " "))
            default:
                decoded.append(byte)
            }
        }
        self.init(validating: decoded, as: UTF8.self)
    }

    /// The string with all bytes escaped except ASCII letters, digits and `-._~`.
    public var percentEncoded: String {
        if utf8.allSatisfy(\.isUnreserved) { return self }
        var encoded = ""
        for byte in utf8 {
            if byte.isUnreserved {
                encoded.unicodeScalars.append(Unicode.Scalar(byte))
            } else {
                let digits = String(byte, radix: 16, uppercase: true)
                encoded += digits.utf8.count == 1 ? "%0\(digits)" : "%\(digits)"
            }
        }
        return encoded
    }
}
