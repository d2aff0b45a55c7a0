import StandardStreams

/// Rows of texts under named columns. The texts may have any characters. Each form of the sheet escapes those that could have an effect, but for
/// comma-separated values that no terminal shows.
struct Sheet: Equatable {
    /// The names of the columns.
    let columns: [String]
    /// The rows, each with a text for each column.
    var rows: [[String]]
    /// The names of the columns that are never shortened, such as those of numbers.
    var unshortened: Set<String> = []

    /// The lines of the sheet with tabs between the cells.
    func tabSeparated(header: Bool) -> [String] {
        lines(header).map { $0.joined(separator: "\t") }
    }

    /// The records of the sheet as comma-separated values (RFC 4180). If a terminal shows them, each is a line with escaped characters; otherwise
    /// the values are as they are.
    func commaSeparated(header: Bool, isShown: Bool) -> [String] {
        (isShown ? lines(header) : whole(header)).map { $0.map(Self.quoted).joined(separator: ",") }
    }

    /// Returns a value in quotes if it needs them. A mark behind a quote does not make it another character.
    private static func quoted(_ value: String) -> String {
        let quote: Unicode.Scalar = "\""
        guard value.unicodeScalars.contains(where: { [",", quote, "\n", "\r"].contains($0) }) else { return value }
        var text = String.UnicodeScalarView([quote])
        for scalar in value.unicodeScalars {
            if scalar == quote { text.append(quote) }
            text.append(scalar)
        }
        text.append(quote)
        return String(text)
    }

    /// The lines of the sheet in aligned columns. If a line would be wider than `width`, the widest columns are shortened. `styled` shows the
    /// names of the columns in bold letters.
    func aligned(width: Int?, header: Bool, styled: Bool) -> [String] {
        let lines = lines(header)
        let widths = widths(of: lines, within: width)
        return lines.enumerated().map { place, cells in
            let texts = zip(cells, widths).map { cell, width in cell.shortened(to: width) }
            let padded = zip(texts, widths).map { text, width in text.padded(to: width) }
            let line = padded.joined(separator: "  ").withoutEndSpaces
            return Style.bold.of(line, isUsed: styled && header && place == 0)
        }
    }

    private func lines(_ header: Bool) -> [[String]] {
        whole(header).map { $0.map(\.visible) }
    }

    private func whole(_ header: Bool) -> [[String]] { (header ? [columns] : []) + rows }

    private func widths(of lines: [[String]], within limit: Int?) -> [Int] {
        var widths = lines.reduce(into: [Int](repeating: 0, count: lines.first?.count ?? 0)) { widths, cells in
            for (place, cell) in cells.enumerated() where place < widths.count {
                widths[place] = max(widths[place], cell.columns)
            }
        }
        guard let limit else { return widths }
        var excess = widths.reduce(0, +) + 2 * max(0, widths.count - 1) - limit
        let places = columns.indices.filter { !unshortened.contains(columns[$0]) }
        while excess > 0, let place = places.max(by: { widths[$0] < widths[$1] }), widths[place] > Self.narrowest {
            widths[place] -= 1
            excess -= 1
        }
        return widths
    }

    /// The number of columns below which no column is shortened.
    private static let narrowest = 4
}
