extension JSON {
    /// Why bytes are not an acceptable JSON document. Never contains any of the input.
    public struct SyntaxError: Error, Hashable, Sendable, CustomStringConvertible {
        /// Where the input goes wrong, in bytes from 0; the input's size when it ends too early.
        public let offset: Int
        /// What is wrong there.
        public let reason: Reason

        init(_ reason: Reason, at offset: Int) {
            self.offset = offset
            self.reason = reason
        }

        /// One English phrase, such as "duplicate member name at byte 17".
        public var description: String { "\(reason) at byte \(offset)" }
    }
}

extension JSON.SyntaxError {
    /// What can be wrong; the raw value says it in English.
    public enum Reason: String, Hashable, Sendable, CaseIterable, CustomStringConvertible {
        /// The input is empty, blank or cut off.
        case unexpectedEnd = "unexpected end of input"
        /// The input begins with a byte order mark.
        case byteOrderMark = "byte order mark"
        /// Something other than a value stands where a value must.
        case expectedValue = "expected a value"
        /// Something other than a string stands where a member's name must.
        case expectedName = "expected a member name in double quotes"
        /// A member's name is not followed by a colon.
        case expectedColon = "expected a colon"
        /// An element or member is followed by neither a comma nor the end of its container.
        case expectedCommaOrEnd = "expected a comma or the end of the array or object"
        /// Something other than whitespace follows the document's value.
        case trailingContent = "unexpected content after the value"
        /// Letters that begin like `true`, `false` or `null` but do not go on like it.
        case invalidLiteral = "invalid literal"
        /// A number outside the grammar, such as `01`, `1.` or `-x`.
        case invalidNumber = "invalid number"
        /// A string contains bytes that are not UTF-8.
        case invalidUTF8 = "invalid UTF-8"
        /// A string contains an unescaped character below U+0020.
        case controlCharacter = "unescaped control character in a string"
        /// A backslash begins none of the escapes there are.
        case invalidEscape = "invalid escape in a string"
        /// A surrogate escape without its other half.
        case loneSurrogate = "lone surrogate in a string"
        /// `\u0000`, which cannot be stored everywhere.
        case nullCharacter = "null character in a string"
        /// A name that its object already has.
        case duplicateName = "duplicate member name"
        /// One container more inside one another than allowed.
        case tooDeep = "too many nested arrays and objects"

        /// The phrase in English.
        public var description: String { rawValue }
    }
}
