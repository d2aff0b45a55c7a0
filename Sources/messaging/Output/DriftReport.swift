import ArgumentParser
import MessagingFiles
import MessagingSDK
import StandardStreams

/// A form of the report of `messaging drift`.
enum DriftReport: String, CaseIterable, ExpressibleByArgument {
    /// Lines for people.
    case text
    /// An array of objects.
    case json
    /// A table, for a comment or a page.
    case markdown
    /// A test case for each object that differs, for a continuous integration.
    case junit

    /// Returns the report of changes from a directory to the organization.
    func text(_ changes: [Change], _ plan: Plan, _ directory: String) -> String {
        switch self {
        case .text:
            (changes.flatMap { $0.lines(styled: Printer.isStyled) } + [Self.summary(plan)]).joined(separator: "\n")
        case .json: JSON.array(changes.map(\.json)).shown
        case .markdown: Self.markdown(changes, plan)
        case .junit: Self.junit(changes, plan, directory)
        }
    }

    private static func summary(_ plan: Plan) -> String {
        guard !plan.isEmpty else { return "0 differences, \(plan.unchanged) objects are the same." }
        return "\(plan.count(.create)) only in the organization, \(plan.count(.delete)) only in the directory, "
            + "\(plan.count(.update) + plan.count(.setDefault)) changed, \(plan.unchanged) the same."
    }

    private static func markdown(_ changes: [Change], _ plan: Plan) -> String {
        guard !changes.isEmpty else { return summary(plan) }
        let rows = changes.map { change in
            let lines = change.sign == "~" ? change.difference.lines(styled: false) : []
            let cells = [
                "`\(change.sign)`", change.kind, escaped(change.label), lines.map(escaped).joined(separator: "<br>"),
            ]
            return "| \(cells.joined(separator: " | ")) |"
        }
        return (["| | kind | name | changes |", "|---|---|---|---|"] + rows + ["", summary(plan)]).joined(
            separator: "\n"
        )
    }

    private static func escaped(_ text: String) -> String {
        let special: Set<Character> = ["\\", "|", "<", ">", "&", "`", "*", "_", "[", "]"]
        return text.visible.reduce(into: "") { $0 += special.contains($1) ? "\\\($1)" : "\($1)" }
    }

    private static func junit(_ changes: [Change], _ plan: Plan, _ directory: String) -> String {
        var lines = [#"<?xml version="1.0" encoding="UTF-8"?>"#]
        let count = changes.count + (plan.unchanged > 0 ? 1 : 0)
        lines.append("<testsuite name=\"drift of \(xml(directory))\" tests=\"\(count)\" failures=\"\(changes.count)\">")
        for change in changes {
            let text = change.lines(styled: false).map(xml).joined(separator: "\n")
            lines.append("  <testcase classname=\"\(xml(change.kind))\" name=\"\(xml(change.label))\">")
            lines.append("    <failure message=\"differs\">\(text)</failure>")
            lines.append("  </testcase>")
        }
        if plan.unchanged > 0 {
            lines.append("  <testcase classname=\"all\" name=\"\(plan.unchanged) objects are the same\"/>")
        }
        return (lines + ["</testsuite>"]).joined(separator: "\n")
    }

    private static func xml(_ text: String) -> String {
        text.visible.reduce(into: "") { result, character in
            switch character {
            case "&": result += "&amp;"
            case "<": result += "&lt;"
            case ">": result += "&gt;"
            case "\"": result += "&quot;"
            default: result.append(character)
            }
        }
    }
}
