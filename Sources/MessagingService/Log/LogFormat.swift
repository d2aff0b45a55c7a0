/// The format of a line of the log.
package enum LogFormat: String, CaseIterable, Sendable {
    /// Text on a terminal, and JSON elsewhere.
    case auto
    /// One JSON object.
    case json
    /// Readable text.
    case text
}
