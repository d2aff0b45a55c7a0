import MessagingFiles
import MessagingSDK
import StandardStreams

/// The result of a simulation for people: a table, and what a second profile changes.
struct SimulationReport {
    /// A line of the table.
    struct Line: Equatable {
        /// The direction; empty for the rows outside all groups.
        var direction = ""
        /// The media type, or words for what has none.
        var mediaType = "(others)"
        /// The rows that the last profile allows.
        var allowed = 0
        /// The rows that the last profile blocks.
        var blocked = 0
        /// The rows that only the last profile allows.
        var newlyAllowed = 0
        /// The rows that only the first profile allows.
        var newlyBlocked = 0
    }

    /// The lines, the largest groups first.
    let lines: [Line]
    private let simulation: Simulation

    /// Creates the report of a simulation.
    init(_ simulation: Simulation) {
        self.simulation = simulation
        var lines = simulation.groups.map { group in
            let last = group.proposed ?? group.today
            let isChanged = last.allowed != group.today.allowed
            return Line(
                direction: group.direction.rawValue,
                mediaType: group.mediaType ?? "(no media type)",
                allowed: last.allowed ? group.rows : 0,
                blocked: last.allowed ? 0 : group.rows,
                newlyAllowed: isChanged && last.allowed ? group.rows : 0,
                newlyBlocked: isChanged && !last.allowed ? group.rows : 0
            )
        }
        if simulation.rowsOutsideGroups > 0 { lines.append(Self.others(simulation, lines)) }
        self.lines = lines
    }

    /// The table. With two profiles it has a column of the changes.
    var sheet: Sheet {
        let counts = ["allowed", "blocked"] + (isComparison ? ["change"] : [])
        return Sheet(
            columns: ["direction", "mediaType"] + counts,
            rows: lines.map { line in
                [line.direction, line.mediaType, "\(line.allowed)", "\(line.blocked)"]
                    + (isComparison ? [Self.change(line)] : [])
            },
            unshortened: Set(counts)
        )
    }

    /// The numbers of all rows, and with two profiles a bar for each change, in lines of at most `width` columns.
    func summary(_ names: [String], width: Int, styled: Bool) -> [String] {
        let outcomes = zip(names, [simulation.today, simulation.proposed].compactMap(\.self)).map { name, outcome in
            let counts = ": \(outcome.allowedRows) allowed, \(outcome.blockedRows) blocked"
            return name.visible.shortened(to: max(1, width - counts.columns)) + counts
        }
        let head = [Self.rows(simulation.rows)] + outcomes
        guard isComparison else { return head }
        let bars = SimulationBars(lines).lines(width: width, styled: styled)
        return head + [""] + (bars.isEmpty ? ["Nothing changes."] : bars)
    }

    /// A warning about a log without rows, or about rows that could not be read; nil if there is nothing to warn of.
    var warning: Warning? {
        if simulation.malformedRows > 0 {
            return Warning(
                code: "malformed.rows",
                message: "\(Self.rows(simulation.malformedRows)) could not be read\(firstMalformedRow)",
                next: "The output has the other rows."
            )
        }
        guard simulation.rows == 0 else { return nil }
        return Warning(code: "no.rows", message: "the log has no rows", next: "Check that it is the right file.")
    }

    /// Throws a failure if the log at a path has rows, and none of them could be read.
    func checkReadable(_ path: String) throws(Failure) {
        guard simulation.rows == 0, simulation.malformedRows > 0 else { return }
        let count = simulation.malformedRows == 1 ? "its only row" : "none of its \(simulation.malformedRows) rows"
        let verb = simulation.malformedRows == 1 ? "could not be read" : "could be read"
        throw LogFile.failure(path, "malformed.rows", "\(count) \(verb)\(firstMalformedRow)")
    }

    private var firstMalformedRow: String {
        guard let first = simulation.firstMalformedRows.first else { return "" }
        return "\(simulation.malformedRows == 1 ? ", in" : ", the first in") line \(first.line): \(first.reason)"
    }

    private static func rows(_ number: Int) -> String { number == 1 ? "1 row" : "\(number) rows" }

    private var isComparison: Bool { simulation.proposed != nil }

    /// Returns the line of the rows outside all groups: what the groups lack in the sums.
    private static func others(_ simulation: Simulation, _ lines: [Line]) -> Line {
        let last = simulation.proposed ?? simulation.today
        func rest(_ sum: Int, _ count: (Line) -> Int) -> Int { max(0, lines.reduce(sum) { $0 &- count($1) }) }
        return Line(
            allowed: rest(last.allowedRows, \.allowed),
            blocked: rest(last.blockedRows, \.blocked),
            newlyAllowed: rest(simulation.newlyAllowedRows ?? 0, \.newlyAllowed),
            newlyBlocked: rest(simulation.newlyBlockedRows ?? 0, \.newlyBlocked)
        )
    }

    private static func change(_ line: Line) -> String {
        [(line.newlyAllowed, "+"), (line.newlyBlocked, "-")].filter { $0.0 > 0 }.map { "\($1)\($0)" }.joined(
            separator: " "
        )
    }
}
