/// How a line of the log is written.
package enum LogFormat: String, CaseIterable, Sendable {
    /// Text on a terminal, JSON elsewhere.
    case auto
    /// One JSON object.
    case json
    /// Text for people.
    case text
}
