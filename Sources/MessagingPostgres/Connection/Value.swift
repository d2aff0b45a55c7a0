/// A value of a statement, in the binary form of PostgreSQL's protocol.
enum Value {
    case text(String?)
    case integer(Int64?)
    case bytes([UInt8]?)
    case texts([String?])
    case integers([Int64])
    case manyBytes([[UInt8]?])

    /// The object id of the value's type, as `pg_type.dat` has it.
    var type: UInt32 {
        switch self {
        case .bytes: 17
        case .integer: 20
        case .text: 25
        case .manyBytes: 1001
        case .texts: 1009
        case .integers: 1016
        }
    }

    /// The encoded value; nil for NULL.
    var encoded: [UInt8]? {
        switch self {
        case .text(let text): text.map { Array($0.utf8) }
        case .integer(let integer): integer.map { bigEndian($0) }
        case .bytes(let bytes): bytes
        case .texts(let texts): array(of: 25, texts.map { $0.map { Array($0.utf8) } })
        case .integers(let integers): array(of: 20, integers.map { bigEndian($0) })
        case .manyBytes(let many): array(of: 17, many)
        }
    }

    /// Returns an array with one dimension, as `array_send` writes it: dimensions, a flag for NULLs, the type, the length and lower bound,
    /// and then the elements, each with its length.
    private func array(of type: UInt32, _ elements: [[UInt8]?]) -> [UInt8] {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(elements.reduce(20) { $0 + 4 + ($1?.count ?? 0) })
        bytes += bigEndian(Int32(elements.isEmpty ? 0 : 1))
        bytes += bigEndian(Int32(elements.contains { $0 == nil } ? 1 : 0))
        bytes += bigEndian(type)
        if elements.isEmpty { return bytes }
        bytes += bigEndian(Int32(clamping: elements.count)) + bigEndian(Int32(1))
        for element in elements {
            bytes += bigEndian(Int32(clamping: element?.count ?? -1))
            if let element { bytes += element }
        }
        return bytes
    }
}

private func bigEndian(_ number: some FixedWidthInteger) -> [UInt8] {
    withUnsafeBytes(of: number.bigEndian) { Array($0) }
}
