import MessagingSDK

/// The values of the secrets in files, which environment variables have.
package struct SecretValues: Sendable {
    private let environment: [String: String]

    /// Creates the values of an environment.
    package init(_ environment: [String: String]) { self.environment = environment }

    /// Returns members with the values of their secrets. Throws a failure that names the variables that are not set.
    func resolved(_ members: JSON.Object) throws(Failure) -> JSON.Object {
        let missing = missing(in: members)
        guard missing.isEmpty else { throw Self.failure(missing) }
        var members = members
        for name in Secrets.names {
            guard let value = members[name] else { continue }
            members[name] =
                value.object.map { .object(JSON.Object($0.map { ($0.name, resolved($0.value)) })) } ?? resolved(value)
        }
        return members
    }

    /// Throws a failure that names all variables that are not set and that the steps of a plan need.
    package func check(_ plan: Plan) throws(Failure) {
        var missing: Set<String> = []
        for step in plan.steps {
            guard var after = step.after, step.action == .create || step.action == .update else { continue }
            if step.action == .update {
                for name in Secrets.names where !step.changed.contains(name) { after[name] = nil }
            }
            missing.formUnion(self.missing(in: after))
        }
        if !missing.isEmpty { throw Self.failure(missing.sorted()) }
    }

    private func missing(in members: JSON.Object) -> [String] {
        Secrets.names.flatMap { name -> [String] in
            guard let value = members[name] else { return [] }
            let values = value.object.map { $0.map(\.value) } ?? [value]
            return values.compactMap(SecretReference.variable).filter { environment[$0] == nil }
        }
        .sorted()
    }

    private func resolved(_ value: JSON) -> JSON {
        SecretReference.variable(value).flatMap { environment[$0] }.map { .string($0) } ?? value
    }

    private static func failure(_ names: [String]) -> Failure {
        Failure(
            .failed,
            "secret.missing",
            names.count == 1
                ? "the environment variable \(names[0]) of a secret is not set"
                : "these environment variables of secrets are not set: \(names.joined(separator: ", "))",
            next: "Set what is missing, and repeat the command."
        )
    }
}
