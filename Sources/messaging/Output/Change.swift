import MessagingFiles
import MessagingSDK
import StandardStreams

/// A difference between two configurations, or a step of a plan, as it is shown.
struct Change {
    /// The sign before it: `+` for something new, `-` for something that is gone, `~` for a change.
    let sign: String
    /// The word for programs: `create`, `update`, `delete` or `setDefault`.
    let action: String
    /// The command of the kind.
    let kind: String
    /// The label of the object; of a default, that of the object that becomes it.
    let label: String
    /// The id; nil if there is none.
    let id: String?
    /// The differences of the members.
    let difference: Difference

    /// Creates the change that a step makes.
    init(_ step: Step) {
        action = step.action.rawValue
        kind = step.kind
        label = step.label
        id = step.id
        difference = step.difference
        sign =
            switch step.action {
            case .create: "+"
            case .delete: "-"
            case .update, .setDefault: "~"
            }
    }

    /// The change and its members, line by line.
    func lines(styled: Bool) -> [String] {
        let style: Style = sign == "+" ? .added : sign == "-" ? .removed : .changed
        let object =
            action == Step.Action.setDefault.rawValue ? "the default of \(kind)" : "\(kind) \"\(label.visible)\""
        let inner = sign == "-" ? [] : difference.lines(styled: styled).map { "    \($0)" }
        return [style.of("\(sign) \(object)", isUsed: styled)] + inner
    }

    /// The change for programs.
    var json: JSON {
        var object: JSON.Object = ["action": .string(action), "kind": .string(kind), "name": .string(label)]
        if let id { object["id"] = .string(id) }
        object["changes"] = .array(difference.changes.map(\.json))
        return .object(object)
    }
}

extension Printer {
    /// Prints changes: as objects, as names, or line by line with a summary at the end.
    func changes(_ changes: [Change], summary: String) throws {
        if try document(.array(changes.map(\.json))) { return }
        switch format {
        case .name: try Terminal.print(changes.map { "\($0.kind)/\($0.label)".visible }.joined(separator: "\n"))
        case .csv:
            try list(changes.map(\.json), columns: ["action", "kind", "name", "id"])
        default:
            let lines = changes.flatMap { $0.lines(styled: Self.isStyled) }
            try Terminal.print((lines + (lines.isEmpty ? [] : [""]) + [summary]).joined(separator: "\n"))
        }
    }
}
