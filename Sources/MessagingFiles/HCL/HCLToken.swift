/// A token of HCL and the offset of its first byte.
struct HCLToken: Equatable {
    /// The kind of a token, with its content.
    enum Kind: Equatable {
        /// A name, such as `resource`.
        case identifier(String)
        /// A text in quotes, without its escapes.
        case string(String)
        /// A number, as it is written.
        case number(String)
        /// A text of a form that is not read, such as `a heredoc`.
        case unsupported(String)
        /// One ASCII character that is none of the above.
        case symbol(Character)
        /// The end of a line.
        case newline
        /// The end of the text.
        case end
    }

    /// The kind.
    let kind: Kind
    /// The offset of its first byte.
    let offset: Int

    /// Returns whether it is this symbol.
    func isSymbol(_ character: Character) -> Bool { kind == .symbol(character) }
}
