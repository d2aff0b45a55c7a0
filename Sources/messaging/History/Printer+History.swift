import MessagingFiles
import MessagingSDK

extension Printer {
    /// Prints changes as one document, or as rows.
    func history(_ changes: [HistoryChange]) throws {
        if try document(.array(changes.map(\.json))) { return }
        try list(changes.map(\.row), columns: HistoryChange.columns)
    }

    /// Prints changes of which more may follow: in JSON one on a line, in YAML as documents. Only the first have names of columns.
    func stream(_ changes: [HistoryChange], isFirst: Bool) throws {
        switch format {
        case .json: for change in changes { try Terminal.print(change.json.shownOnOneLine) }
        case .yaml: for change in changes { try Terminal.print("---\n\(change.json.shownAsYAML)") }
        default:
            guard isFirst || !changes.isEmpty else { return }
            try Printer(format: format, header: header && isFirst).history(changes)
        }
    }
}
