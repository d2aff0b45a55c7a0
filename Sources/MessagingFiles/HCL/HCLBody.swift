/// The content of a file or a block in HCL: attributes, blocks and comments in their order.
struct HCLBody: Equatable, Sendable {
    /// A part of a body.
    enum Item: Equatable, Sendable {
        /// An attribute.
        case attribute(HCLAttribute)
        /// A block.
        case block(HCLBlock)
        /// A comment of one line, which is only written.
        case comment(String)
    }

    /// The parts.
    var items: [Item] = []
}

/// An attribute: a name and a value.
struct HCLAttribute: Equatable, Sendable {
    /// The name.
    let name: String
    /// The value.
    let value: HCLValue
    /// The offset of the name.
    var offset = 0
}

/// A block: a type, labels and a body.
struct HCLBlock: Equatable, Sendable {
    /// The type, such as `resource`.
    let type: String
    /// The labels.
    var labels: [String] = []
    /// The content.
    var body: HCLBody
    /// The offset of the type.
    var offset = 0
}

/// A value and the offset of its first byte.
struct HCLValue: Equatable, Sendable {
    /// The value.
    let expression: HCLExpression
    /// The offset.
    var offset = 0

    /// Creates a value.
    init(_ expression: HCLExpression, offset: Int = 0) {
        self.expression = expression
        self.offset = offset
    }
}

/// An expression of the part of HCL that this program reads and writes.
indirect enum HCLExpression: Equatable, Sendable {
    /// `null`.
    case null
    /// `true` or `false`.
    case bool(Bool)
    /// A number, as it is written.
    case number(String)
    /// A text.
    case string(String)
    /// A list.
    case list([HCLValue])
    /// An object, with its members in order.
    case object([(name: String, value: HCLValue)])
    /// A name with dots, such as `var.name`.
    case reference([String])
    /// The JSON text of a value: `jsonencode(...)`.
    case json(HCLValue)
    /// An expression of another form, with the error for those who need its value.
    case unsupported(HCLError)

    /// Returns whether both are the same expression.
    static func == (one: HCLExpression, other: HCLExpression) -> Bool {
        switch (one, other) {
        case (.null, .null): true
        case (.bool(let one), .bool(let other)): one == other
        case (.number(let one), .number(let other)): one == other
        case (.string(let one), .string(let other)): one.unicodeScalars.elementsEqual(other.unicodeScalars)
        case (.list(let one), .list(let other)): one == other
        case (.object(let one), .object(let other)):
            one.elementsEqual(other) { $0.name == $1.name && $0.value == $1.value }
        case (.reference(let one), .reference(let other)): one == other
        case (.json(let one), .json(let other)): one == other
        case (.unsupported(let one), .unsupported(let other)): one == other
        default: false
        }
    }
}
