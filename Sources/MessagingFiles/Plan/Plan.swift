import MessagingSDK

/// The steps that make an organization what files declare.
package struct Plan: Sendable {
    /// The steps, in the order in which they are shown.
    package var steps: [Step]
    /// The number of objects that stay as they are.
    package var unchanged = 0
    /// The objects that only the organization has and that stay, as kind and label.
    package var kept: [(kind: String, label: String)] = []

    /// The ids of the objects that there are, by the command of their kind and their label.
    package var ids: [String: [String: String]] = [:]

    /// Creates a plan with these steps.
    package init(steps: [Step]) { self.steps = steps }

    /// Plans how an organization becomes what a directory declares. Objects that only the organization has are deleted if `prunes` is true and
    /// the directory declares their kind, and otherwise stay. Throws a failure if a reference names no object, or a name in the directory
    /// belongs to several objects of the organization.
    package init(
        from organization: Configuration,
        to files: Configuration,
        prunes: Bool,
        _ environment: [String: String]
    ) throws(Failure) {
        let comparison = Comparison(from: organization, to: files, environment)
        for (kind, names) in comparison.ambiguous.sorted(by: { $0.key < $1.key }) {
            guard let name = names.first else { continue }
            throw Failure(
                .notFound,
                "ambiguous.name",
                "several objects of \(kind) in the organization have the name \"\(name)\", and it is not clear which one is meant",
                next: "Write the id of the object into its file as \"id\"."
            )
        }
        self.init(comparison)
        var staying = ids.mapValues { Set($0.keys) }
        if prunes { for step in steps where step.action == .delete { staying[step.kind]?.remove(step.label) } }
        try ReferenceCheck(files: files, staying: staying).check()
        guard !prunes else { return }
        kept = steps.filter { $0.action == .delete }.map { ($0.kind, $0.label) }
        steps.removeAll { $0.action == .delete }
    }

    /// Creates the plan that makes all differences disappear.
    package init(_ comparison: Comparison) {
        steps = comparison.entries.map(Step.init) + comparison.defaults.map(Step.init)
        unchanged = comparison.unchanged
        ids = comparison.ids
    }

    /// Throws a failure if an organization is not what the plan was made for any more: if it has another object with the name of one that is to
    /// be created, or another default than one that is to be changed. The other objects are read again before they are changed.
    package func check(_ organization: Configuration) throws(Failure) {
        let known = Set(ids.values.flatMap(\.values))
        for step in steps where step.action == .create {
            let name = step.after?["name"]?.string
            let others =
                organization.objects[step.kind]?.filter { $0.name == name && !known.contains($0.id ?? "") } ?? []
            if let other = others.first { throw Self.outdated("\(step.kind) \"\(other.name)\" was created meanwhile") }
        }
        for step in steps where step.action == .setDefault {
            let present = organization.defaults[step.kind]?.label ?? ""
            let id = organization.objects[step.kind]?.first { $0.label == present }?.id ?? present
            let planned = step.before?["default"]?.string ?? ""
            guard id == ids[step.kind]?[planned] ?? planned else {
                throw Self.outdated("the default of \(step.kind) has changed")
            }
        }
    }

    private static func outdated(_ what: String) -> Failure {
        Failure(.failed, "plan.outdated", "\(what), after the plan was made", next: "Plan again.")
    }

    /// The part of the organization that ``check(_:)`` needs.
    package var part: OrganizationPart {
        OrganizationPart(
            kinds: Set(steps.map(\.kind)),
            defaults: Set(steps.filter { $0.action == .setDefault }.map(\.kind))
        )
    }

    /// Whether there is nothing to do.
    package var isEmpty: Bool { steps.isEmpty }

    /// The number of steps with an action.
    package func count(_ action: Step.Action) -> Int { steps.count { $0.action == action } }
}

extension Step {
    fileprivate init(_ entry: Comparison.Entry) {
        action = entry.before == nil ? .create : entry.after == nil ? .delete : .update
        kind = entry.kind
        label = entry.label
        id = entry.before?.id
        before = entry.before.map { Secrets.redacted(.object($0.members)).object ?? [:] }
        modified = entry.before?.modified
        difference = entry.difference
        after = entry.after?.members
        // What a change does not concern is neither needed nor kept.
        if action == .update { for name in Secrets.names where !changed.contains(name) { after?[name] = nil } }
    }

    fileprivate init(_ entry: Comparison.DefaultEntry) {
        action = .setDefault
        kind = entry.kind
        label = entry.after.label
        before = ["default": .string(entry.before.label)]
        after = ["default": .string(entry.after.label)]
        difference = Difference(from: .object(before ?? [:]), to: .object(after ?? [:]))
    }
}

extension Configuration.Default {
    /// The label of the object; empty if there is none.
    package var label: String {
        switch self {
        case .none: ""
        case .object(let label): label
        }
    }
}
