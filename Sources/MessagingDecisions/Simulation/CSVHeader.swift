import MessagingContract

/// The positions of the relevant columns in the rows of a log.
struct CSVHeader {
    private let direction: Int
    private let mime: Int?
    private let filename: Int?
    private let count: Int

    /// Reads the header row. `row` has its fields one after the other, and `ends` has the end of each field.
    ///
    /// Throws a 400 if the row lacks a required column or names one twice.
    init(_ row: [UInt8], _ ends: [Int]) throws(APIError) {
        count = ends.count
        var places: [String: Int] = [:]
        for (place, start) in ([0] + ends.dropLast()).enumerated() {
            let name = String(decoding: row[start..<ends[place]], as: UTF8.self).lowercased()
            guard ["direction", "mime", "filename"].contains(name) else { continue }
            if places.updateValue(place, forKey: name) != nil {
                throw .badRequest("The header row of the log has the column \(name) twice.")
            }
        }
        guard let direction = places["direction"] else {
            throw .badRequest("The header row of the log has no column direction.")
        }
        (self.direction, mime, filename) = (direction, places["mime"], places["filename"])
        if mime == nil, filename == nil {
            throw .badRequest("The header row of the log has neither a column mime nor a column filename.")
        }
    }

    /// Counts a row, unless it is blank.
    func count(_ row: [UInt8], _ ends: [Int], line: Int, _ tally: inout SimulationTally) {
        if row.isEmpty, ends.count == 1 { return }
        guard ends.count == count else {
            return tally.countMalformed(
                "it has \(ends.count == 1 ? "1 field" : "\(ends.count) fields"), and the header row \(count)",
                line: line
            )
        }
        guard let direction = text(direction, row, ends), let mime = text(mime, row, ends),
            let filename = mime.isEmpty ? text(filename, row, ends) : ""
        else { return tally.countMalformed("it is not UTF-8", line: line) }
        tally.count(direction: direction, mime: mime, filename: filename, line: line)
    }

    /// Returns a field of the row, or nil if it is not UTF-8. The field is empty if there is no such column.
    private func text(_ column: Int?, _ row: [UInt8], _ ends: [Int]) -> String? {
        guard let column else { return "" }
        let start = column == 0 ? 0 : ends[column - 1]
        return row.withUnsafeBufferPointer { row in
            String(validating: UnsafeBufferPointer(rebasing: row[start..<ends[column]]), as: UTF8.self)
        }
    }
}
