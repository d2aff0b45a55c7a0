extension JSON {
    /// An error about bytes that are not an acceptable JSON document. It never contains any part of the input.
    public struct SyntaxError: Error, Hashable, Sendable, CustomStringConvertible {
        /// The offset of the error in bytes, from 0. It is the size of the input if that ends too early.
        public let offset: Int
        /// The reason for the error.
        public let reason: Reason

        init(_ reason: Reason, at offset: Int) {
            self.offset = offset
            self.reason = reason
        }

        /// An English phrase, such as "duplicate member name at byte 17".
        public var description: String { "\(reason) at byte \(offset)" }
    }
}

extension JSON.SyntaxError {
    /// A reason for refusing a document. The raw value is an English phrase.
    public enum Reason: String, Hashable, Sendable, CaseIterable, CustomStringConvertible {
        /// The input is empty, blank or cut off.
        case unexpectedEnd = "unexpected end of input"
        /// The input begins with a byte order mark.
        case byteOrderMark = "byte order mark"
        /// A value was expected, and something else was found.
        case expectedValue = "expected a value"
        /// A member's name was expected, and something other than a string was found.
        case expectedName = "expected a member name in double quotes"
        /// A member's name is not followed by a colon.
        case expectedColon = "expected a colon"
        /// An element or member is followed by neither a comma nor the end of its container.
        case expectedCommaOrEnd = "expected a comma or the end of the array or object"
        /// Something other than whitespace follows the document's value.
        case trailingContent = "unexpected content after the value"
        /// A word begins like `true`, `false` or `null` but does not continue like it.
        case invalidLiteral = "invalid literal"
        /// A number does not follow the grammar, as in `01`, `1.` or `-x`.
        case invalidNumber = "invalid number"
        /// A string contains bytes that are not UTF-8.
        case invalidUTF8 = "invalid UTF-8"
        /// A string contains an unescaped character below U+0020.
        case controlCharacter = "unescaped control character in a string"
        /// A backslash does not begin a valid escape.
        case invalidEscape = "invalid escape in a string"
        /// A surrogate escape lacks its other half.
        case loneSurrogate = "lone surrogate in a string"
        /// A string contains `\u0000`, which not every system can store.
        case nullCharacter = "null character in a string"
        /// An object has the same name twice.
        case duplicateName = "duplicate member name"
        /// Arrays and objects are nested more deeply than allowed.
        case tooDeep = "too many nested arrays and objects"

        /// The phrase in English.
        public var description: String { rawValue }
    }
}
