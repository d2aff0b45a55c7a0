import StandardStreams

/// Bars of the changes between two profiles, the largest first.
struct SimulationBars {
    private struct Bar {
        let style: Style
        let label: String
        let rows: Int
    }

    private let bars: [Bar]
    private let rest: Int

    /// The largest number of bars.
    private static let limit = 20

    /// Creates the bars of these lines of a report.
    init(_ lines: [SimulationReport.Line]) {
        let all = lines.flatMap { line in
            let name = line.direction.isEmpty ? line.mediaType : "\(line.direction) \(line.mediaType)"
            return [
                Bar(style: .added, label: "+ \(name)", rows: line.newlyAllowed),
                Bar(style: .removed, label: "- \(name)", rows: line.newlyBlocked),
            ]
        }
        .filter { $0.rows > 0 }
        .sorted { $0.rows > $1.rows }
        bars = Array(all.prefix(Self.limit))
        rest = all.count - bars.count
    }

    /// The bars, one on a line of at most `width` columns: a sign and a name, the bar and the number of rows. The largest takes the whole
    /// width.
    func lines(width: Int, styled: Bool) -> [String] {
        guard let largest = bars.first?.rows else { return [] }
        let countWidth = bars.map { "\($0.rows)".count }.max() ?? 0
        let labelWidth = min(
            bars.map(\.label.visible.columns).max() ?? 0,
            max(4, min(width / 2, width - countWidth - 4))
        )
        let space = max(1, width - labelWidth - countWidth - 3)
        let lines = bars.map { bar in
            let length = max(1, Int((Double(bar.rows) / Double(largest) * Double(space)).rounded()))
            let label = bar.label.visible.shortened(to: labelWidth).padded(to: labelWidth)
            let drawn = bar.style.of(String(repeating: "█", count: length), isUsed: styled)
            return "\(label)  \(drawn) \(bar.rows)"
        }
        return lines + (rest > 0 ? ["and \(rest) more change\(rest == 1 ? "" : "s")".shortened(to: width)] : [])
    }
}
