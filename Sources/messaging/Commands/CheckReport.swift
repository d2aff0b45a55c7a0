import MessagingSDK
import StandardStreams

/// The checks of `messaging doctor` as a table and in full.
struct CheckReport {
    private let checks: [Check]
    private static let columns = ["check", "result", "detail"]

    /// Creates the report of these checks.
    init(_ checks: [Check]) { self.checks = checks }

    /// The checks as objects.
    var json: JSON { .array(checks.map(\.json)) }
    /// The names of the checks.
    var names: [String] { checks.map(\.name) }

    /// The table. Only details are shortened, so that a narrow terminal shows which check has which result.
    var sheet: Sheet {
        let rows = checks.map { [$0.name, $0.result.rawValue, $0.detail] }
        return Sheet(columns: Self.columns, rows: rows, unshortened: ["check", "result"])
    }

    /// Returns the whole details of the checks that are not ok, and of those that do not fit into a table of this width.
    func details(besidesTableOf width: Int) -> [String] {
        let room = width - 4 - widest(0) - widest(1)
        return checks.filter { $0.result != .ok || $0.detail.visible.columns > room }.flatMap {
            ["\($0.name): \($0.result.rawValue)", "  \($0.detail.visible)"]
        }
    }

    private func widest(_ column: Int) -> Int {
        (sheet.rows.map { $0[column] } + [Self.columns[column]]).map(\.columns).max() ?? 0
    }
}
