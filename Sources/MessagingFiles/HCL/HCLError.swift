/// The reason why a text in HCL is not read, with its place.
struct HCLError: Error, Equatable {
    /// The offset of the first byte that is meant.
    let offset: Int
    /// The reason, for people.
    let reason: String
    /// A sentence that says what to write instead; nil if the reason says enough.
    var next: String?
    /// Whether the text is valid HCL of a form that this program does not read. Such a value is no error where nobody needs it.
    var isUnsupported = false

    /// Returns the error for a valid form of a value that this program does not read, such as `a heredoc`.
    static func unsupported(_ form: String, at offset: Int, next: String? = nil) -> HCLError {
        HCLError(
            offset: offset,
            reason: "\(form) is not read here",
            next: next ?? "Write the value itself, or a variable: var.NAME",
            isUnsupported: true
        )
    }
}
