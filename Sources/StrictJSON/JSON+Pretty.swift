extension JSON {
    /// The document in a form for people: each element and member on its own line, indented by two spaces, members in order, empty
    /// containers as `[]` and `{}`, and one line feed at the end.
    public var pretty: [UInt8] {
        var bytes: [UInt8] = []
        writePretty(to: &bytes, indentation: 0)
        bytes.append(UInt8(ascii: "\n"))
        return bytes
    }

    private func writePretty(to bytes: inout [UInt8], indentation: Int) {
        switch self {
        case .array(let elements) where !elements.isEmpty:
            bytes.append(UInt8(ascii: "["))
            for (place, element) in elements.enumerated() {
                Self.beginLine(in: &bytes, after: place, indentation: indentation + 2)
                element.writePretty(to: &bytes, indentation: indentation + 2)
            }
            Self.beginLine(in: &bytes, indentation: indentation)
            bytes.append(UInt8(ascii: "]"))
        case .object(let object) where !object.isEmpty:
            bytes.append(UInt8(ascii: "{"))
            for (place, member) in object.members.enumerated() {
                Self.beginLine(in: &bytes, after: place, indentation: indentation + 2)
                Self.writeString(member.name, to: &bytes)
                bytes.append(contentsOf: ": ".utf8)
                member.value.writePretty(to: &bytes, indentation: indentation + 2)
            }
            Self.beginLine(in: &bytes, indentation: indentation)
            bytes.append(UInt8(ascii: "}"))
        default: write(to: &bytes)
        }
    }

    private static func beginLine(in bytes: inout [UInt8], after count: Int = 0, indentation: Int) {
        if count > 0 { bytes.append(UInt8(ascii: ",")) }
        bytes.append(UInt8(ascii: "\n"))
        bytes.append(contentsOf: repeatElement(UInt8(ascii: " "), count: indentation))
    }
}
