import MessagingContract
import MessagingDecisions

extension Simulation {
    /// The simulation of a log that arrives in pieces of this size.
    static func of(
        _ log: String,
        _ format: AttachmentLog.Format = .jsonLines,
        today: MediaTypes? = nil,
        proposed: MediaTypes? = nil,
        pieces size: Int = .max
    ) throws -> Simulation {
        var run = SimulationRun(format, today: today, proposed: proposed)
        var rest = Array(log.utf8)[...]
        while !rest.isEmpty {
            try run.read(rest.prefix(size))
            rest = rest.dropFirst(size)
        }
        return try run.finish()
    }

    /// The groups in a form that is quick to compare: direction, media type, rows.
    var counts: [String] { groups.map { "\($0.direction.rawValue) \($0.mediaType ?? "-") \($0.rows)" } }

    /// The malformed rows, each with its line.
    var malformed: [String] { firstMalformedRows.map { "\($0.line): \($0.reason)" } }
}

extension MediaTypes {
    /// Media types with these inbound and outbound entries.
    static func allowing(inbound: [String] = [], outbound: [String] = []) -> MediaTypes {
        let entries = { (types: [String]) in types.map { MediaType(type: $0) } }
        return MediaTypes(allow: MediaTypeAccess(inbound: entries(inbound), outbound: entries(outbound)))
    }
}
