/// The largest number of bytes of JSON in one stored object, by kind.
enum ObjectSize {
    /// The limit for a profile. 1,000 entries of the longest media types fit.
    static let profile = 320 * 1_024
    /// The limit for an integration. 50 webhook headers with the longest names and values fit, sealed.
    static let integration = 512 * 1_024
    /// The limit for every other object.
    static let other = 64 * 1_024
}
