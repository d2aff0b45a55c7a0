import MessagingContract
import NIOCore

/// A field that requests rarely have and that is looked for in many of them.
enum KnownField: UInt8 {
    case contentType, contentEncoding, ifMatch, ifNoneMatch, idempotencyKey, origin, expect, forwardedFor,
        forwardedProto

    /// The name in lower case.
    var name: StaticString {
        switch self {
        case .contentType: "content-type"
        case .contentEncoding: "content-encoding"
        case .ifMatch: "if-match"
        case .ifNoneMatch: "if-none-match"
        case .idempotencyKey: "idempotency-key"
        case .origin: "origin"
        case .expect: "expect"
        case .forwardedFor: "x-forwarded-for"
        case .forwardedProto: "x-forwarded-proto"
        }
    }

    /// Creates the field whose name these bytes are, in any letter case. Returns nil for other names.
    init?(_ name: Range<Int>, in bytes: Span<UInt8>) {
        let field: KnownField? =
            switch name.count {
            case 6: bytes[name.lowerBound].lowercaseASCII == UInt8(ascii: "o") ? .origin : .expect
            case 8: .ifMatch
            case 12: .contentType
            case 13: .ifNoneMatch
            case 15: bytes[name.lowerBound].lowercaseASCII == UInt8(ascii: "x") ? .forwardedFor : .idempotencyKey
            case 16: .contentEncoding
            case 17: .forwardedProto
            default: nil
            }
        guard let field, bytes.matches(name, field.name) else { return nil }
        self = field
    }
}

/// The known fields of a head. A head that lacks a field is not searched for it.
struct KnownFields: Sendable {
    private var bits: UInt16 = 0

    /// Whether the head has the field.
    func contains(_ field: KnownField) -> Bool { bits & 1 << field.rawValue != 0 }

    /// Notes that the head has the field.
    mutating func insert(_ field: KnownField) { bits |= 1 << field.rawValue }
}

extension RequestHead {
    /// The value of a field; nil if there is none. The values of several fields of this name are joined by commas (RFC 9110, section 5.2).
    subscript(field: KnownField) -> String? {
        guard known.contains(field) else { return nil }
        let values = values { bytes, name in bytes.matches(name, field.name) }
        return values.count == 1 ? values[0] : values.joined(separator: ", ")
    }

    /// Returns the values of the fields with this name, in any letter case.
    func values(of name: String) -> [String] {
        let name = Array(name.lowercased().utf8)
        return values { bytes, range in
            range.count == name.count
                && name.indices.allSatisfy { bytes[range.lowerBound + $0].lowercaseASCII == name[$0] }
        }
    }

    private func values(_ isName: (Span<UInt8>, Range<Int>) -> Bool) -> [String] {
        let span = bytes.readableBytesUInt8Span
        var values: [String] = []
        var position = firstField
        while let line = span.line(at: position) {
            if let (name, value) = span.field(line), isName(span, name) { values.append(span.text(value)) }
            position = line.upperBound + 2
        }
        return values
    }
}
