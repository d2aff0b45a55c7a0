import Foundation
import MessagingSDK

/// Makes single steps of a plan.
struct StepRunner: Sendable {
    let client: MessagingClient
    let ids: ObjectIDs
    let secrets: SecretValues
    /// Whether the host honors idempotency keys.
    let usesKeys: Bool

    /// Makes a step. Returns the reason if it fails.
    func run(_ step: Step) async -> Failure? {
        do {
            try await make(step, ManagedKinds.kind(step.kind))
            return nil
        } catch let error as MessagingError {
            return Failure(error)
        } catch let failure as Failure {
            return failure
        } catch {
            return Failure(.failed, "failed", "\(error)")
        }
    }

    private func make<Entity: ManagedEntity>(_ step: Step, _ kind: Entity.Type) async throws {
        let calls = StepCalls<Entity>(client: client)
        switch step.action {
        case .create:
            let members = try secrets.resolved(ids.resolved(step.after ?? [:], of: kind))
            let id = try await calls.create(members, key: usesKeys ? UUID().uuidString : nil)
            ids.add(id, step.label, of: step.kind)
        case .update:
            let id = try step.id ?? ids.id(step.label, of: step.kind)
            let names = step.changed
            var after = step.after ?? [:]
            for name in Secrets.names where !names.contains(name) { after[name] = nil }
            let resolved = try secrets.resolved(ids.resolved(after, of: kind))
            let patch = StepPatch.members(names, from: step.before ?? [:], to: resolved, kind)
            try await calls.update(id, patch) { Self.isExpected($0, step, kind) }
        case .delete:
            let id = try step.id ?? ids.id(step.label, of: step.kind)
            try await calls.delete(id) { Self.isExpected($0, step, kind) }
        case .setDefault:
            guard let kind = kind as? any DefaultedEntity.Type else { return }
            try await setDefault(step, kind)
        }
    }

    private func setDefault<Entity: DefaultedEntity>(_ step: Step, _ kind: Entity.Type) async throws {
        if !step.label.isEmpty {
            let choice = Entity.Choice(choosing: try ids.id(step.label, of: step.kind))
            _ = try await client.call(Entity.defaultEndpoints.set, NoParameters(), body: choice, options: .patient())
        } else if let clear = Entity.defaultEndpoints.clear {
            _ = try await client.call(clear, NoParameters(), options: .patient())
        } else {
            throw Failure(.failed, "no.clear", "the organization always has a default \(Entity.noun)")
        }
    }

    /// Returns whether an object is what it was when the plan was made, as far as files have it.
    private static func isExpected(_ object: ConfiguredObject, _ step: Step, _ kind: any ManagedEntity.Type) -> Bool {
        func compared(_ members: JSON.Object) -> JSON.Object {
            var members = members
            for name in References.names(kind) + Secrets.names { members[name] = nil }
            return members
        }
        return object.modified == step.modified && compared(object.members) == compared(step.before ?? [:])
    }
}
