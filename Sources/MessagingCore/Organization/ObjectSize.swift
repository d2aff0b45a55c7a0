/// The most bytes of JSON that one stored object may have, by its kind.
enum ObjectSize {
    /// A profile: 1,000 entries of the longest media types fit.
    static let profile = 320 * 1_024
    /// An integration: 50 webhook headers of the longest names and values fit, sealed.
    static let integration = 512 * 1_024
    /// Every other object.
    static let other = 64 * 1_024
}
