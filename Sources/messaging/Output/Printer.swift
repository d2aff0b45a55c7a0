import Foundation
import MessagingFiles
import MessagingSDK
import StandardStreams

/// The output of a command in one format.
struct Printer {
    /// The format; nil for a table on a terminal, and tab-separated lines elsewhere.
    let format: OutputFormat?
    /// Whether the names of the columns are the first line.
    let header: Bool

    /// Prints objects with these columns, which are paths of fields. `name` is the field that names an object. If a person has chosen `fields`,
    /// documents have no others.
    func list(_ objects: [JSON], columns: [String], name: String = "name", fields: [String]? = nil) throws {
        if try document(.array(objects), fields) { return }
        if format == .name { return try names(objects, field: name) }
        let paths = columns.map(Self.path)
        var sheet = Sheet(
            columns: columns,
            rows: objects.map { object in paths.map { object.value(at: $0)?.cell ?? "" } }
        )
        // A time without its end is of no use where there is room.
        if Terminal.width ?? 0 >= 80 { sheet.unshortened = ["time"] }
        try self.sheet(sheet)
    }

    /// Prints one object: a line for each of its values, or for each of these fields.
    func object(_ object: JSON, fields: [String]? = nil) throws {
        if try document(object, fields) { return }
        switch format {
        case .name: try names([object])
        case .csv:
            try sheet(Sheet(columns: values(fields, of: object).map(\.0), rows: [values(fields, of: object).map(\.1)]))
        default:
            try sheet(Sheet(columns: ["field", "value"], rows: values(fields, of: object).map { [$0.0, $0.1] }))
        }
    }

    /// Prints a document, or these fields of it, and returns true if the format is one of documents. Returns false for any other format.
    func document(_ document: JSON, _ fields: [String]? = nil) throws -> Bool {
        let document = fields.map { document.selecting($0.map(Self.path)) } ?? document
        switch format {
        case .json: try Terminal.print(document.shown)
        case .yaml: try Terminal.print(document.shownAsYAML)
        default: return false
        }
        return true
    }

    private func values(_ fields: [String]?, of object: JSON) -> [(String, String)] {
        guard let fields else { return object.leaves.map { ($0.path, $0.value.cell) } }
        return fields.map { ($0, object.value(at: Self.path($0))?.cell ?? "") }
    }

    private static func path(_ field: String) -> [String] { field.split(separator: ".").map(String.init) }

    private func names(_ objects: [JSON], field: String = "name") throws {
        try Terminal.print(objects.map { ($0[field]?.cell ?? "").visible }.joined(separator: "\n"))
    }

    /// Prints a sheet.
    func sheet(_ sheet: Sheet) throws {
        let lines =
            switch format ?? (Terminal.showsOutput ? .table : nil) {
            case .csv: sheet.commaSeparated(header: header, isShown: Terminal.showsOutput)
            case .table: sheet.aligned(width: Terminal.width, header: header, styled: Self.isStyled)
            default: sheet.tabSeparated(header: header)
            }
        try Terminal.print(lines.joined(separator: "\n"))
    }

    /// Whether standard output shows styles.
    static var isStyled: Bool { Terminal.showsOutput && Style.isAllowed(ProcessInfo.processInfo.environment) }
}
