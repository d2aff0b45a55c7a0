package import MessagingSDK

/// A plan as a document, with what it was made for.
package struct PlanDocument: Sendable {
    private static let format = JSON.string("messaging-plan")
    private static let version = JSON.number(JSON.Number(1))

    /// The plan.
    package let plan: Plan
    /// The address of the host.
    package let host: String
    /// The id of the organization.
    package let organization: String
    /// The tag of the organization's revision; nil if the host has none.
    package let tag: String?

    /// Creates the document of a plan. Throws a failure if the plan has a secret itself and not the name of a variable.
    package init(plan: Plan, host: String, organization: String, tag: String?) throws(Failure) {
        if let step = plan.steps.first(where: \.hasSecret) {
            throw Failure(
                .failed,
                "secret.in.plan",
                "the files have a secret of \(step.kind) \"\(step.label)\", which the plan would have too",
                next: "Write env:NAME in its place, or apply the directory without a plan file."
            )
        }
        self.plan = plan
        self.host = host
        self.organization = organization
        self.tag = tag
    }

    /// Reads a document. Throws a failure if it is none of a plan.
    package init(_ document: JSON) throws(Failure) {
        guard document["format"] == Self.format, document["version"] == Self.version,
            let steps = document["steps"]?.array,
            let host = document["host"]?.string, let organization = document["organization"]?.string
        else { throw Self.invalid }
        self.host = host
        self.organization = organization
        tag = document["tag"]?.string
        var plan = Plan(steps: try steps.map { step throws(Failure) in try Step(step) })
        for (kind, ids) in document["ids"]?.object ?? [:] {
            for (label, id) in ids.object ?? [:] { plan.ids[kind, default: [:]][label] = id.string }
        }
        plan.unchanged = document["unchanged"]?.number.flatMap { Int($0.literal) } ?? 0
        self.plan = plan
    }

    /// The document.
    package var json: JSON {
        var object: JSON.Object = [
            "format": Self.format, "version": Self.version, "host": .string(host),
            "organization": .string(organization),
        ]
        if let tag { object["tag"] = .string(tag) }
        object["unchanged"] = .number(JSON.Number(plan.unchanged))
        object["ids"] = .object(
            JSON.Object(
                plan.ids.sorted { $0.key < $1.key }.map { kind, ids in
                    (kind, .object(JSON.Object(ids.sorted { $0.key < $1.key }.map { ($0, .string($1)) })))
                }
            )
        )
        object["steps"] = .array(plan.steps.map(\.json))
        return .object(object)
    }

    fileprivate static let invalid = Failure(
        .failed,
        "not.a.plan",
        "the file is not a plan of this program",
        next: "Write one: messaging plan DIR --out FILE"
    )
}

extension Step {
    fileprivate init(_ document: JSON) throws(Failure) {
        guard let action = document["action"]?.string.flatMap(Action.init), let kind = document["kind"]?.string,
            let label = document["label"]?.string, let changes = document["changes"]?.array
        else { throw PlanDocument.invalid }
        self.action = action
        self.kind = kind
        self.label = label
        id = document["id"]?.string
        before = document["before"]?.object
        after = document["after"]?.object
        modified = document["modified"]?.string
        difference = Difference(
            changes: changes.map { change in
                Difference.Change(
                    path: change["path"]?.string ?? "",
                    before: change["before"],
                    after: change["after"]
                )
            }
        )
    }

    fileprivate var json: JSON {
        var object: JSON.Object = ["action": .string(action.rawValue), "kind": .string(kind), "label": .string(label)]
        if let id { object["id"] = .string(id) }
        if let modified { object["modified"] = .string(modified) }
        if let before { object["before"] = .object(before) }
        if let after { object["after"] = .object(after) }
        object["changes"] = .array(difference.changes.map(\.json))
        return .object(object)
    }
}

extension Difference.Change {
    /// The change as an object with its path and the values before and after.
    package var json: JSON {
        var object: JSON.Object = ["path": .string(path)]
        if let before { object["before"] = before }
        if let after { object["after"] = after }
        return .object(object)
    }
}
