import Foundation
import MessagingFiles
import MessagingSDK
import MessagingTesting
import Testing

/// Random organizations, through files and back.
@Suite struct RoundTripTests {
    @Test(arguments: 0..<200)
    func aPlanAfterAnExportIsEmpty(_ seed: Int) async throws {
        try await withMessagingServer { client in
            var organization = RandomOrganization(seed: UInt64(seed))
            try await organization.fill(client)
            let state = try await OrganizationReader(client: client).read()
            let directory = TemporaryDirectory()
            let files = ConfigurationDirectory(directory.path)
            _ = try files.write(state, format: seed.isMultiple(of: 2) ? .yaml : .json, [:])
            let plan = try Plan(from: state, to: files.read(), prunes: true, [:])
            #expect(plan.steps.map { "\($0.action) \($0.kind) \($0.label) \($0.difference)" } == [])
            let objects = state.objects.values.map(\.count).reduce(0, +)
            #expect(plan.unchanged == objects)
            #expect(directory.names.count == objects + 1)
        }
    }

    @Test(arguments: 0..<50)
    func applyMakesAnOrganizationWhatThePlanSays(_ seed: Int) async throws {
        let (source, target) = try await (MessagingTestServer().client(), MessagingTestServer().client())
        var (one, other) = (RandomOrganization(seed: UInt64(seed)), RandomOrganization(seed: UInt64(seed + 1_000)))
        try await one.fill(source)
        try await other.fill(target)
        let directory = TemporaryDirectory()
        let files = ConfigurationDirectory(directory.path)
        let wanted = try await OrganizationReader(client: source).read()
        let variables = try files.write(wanted, format: .yaml, [:])
        let environment = Dictionary(variables.map { ($0, "value of \($0)") }, uniquingKeysWith: { $1 })

        let declared = try files.read()
        let before = try await OrganizationReader(client: target).read()
        let plan: Plan
        do {
            plan = try Plan(from: before, to: declared, prunes: true, environment)
        } catch {
            #expect(error.code == "ambiguous.name" && Self.hasNameOfSeveral(before, declared))
            return
        }
        let application = Application(plan, client: target, secrets: SecretValues(environment), usesKeys: true)
        let outcome = await application.run()
        #expect(outcome.failed.map { "\($0.step.action) \($0.step.kind) \($0.step.label): \($0.failure)" } == [])
        #expect(outcome.done.count == plan.steps.count)

        let after = try await OrganizationReader(client: target).read()
        let rest = try Plan(from: after, to: declared, prunes: true, environment)
        #expect(rest.steps.map { "\($0.action) \($0.kind) \($0.label) \($0.difference)" } == [])
        for kind in declared.objects.keys { #expect(after.objects[kind]?.count == declared.objects[kind]?.count) }
    }

    /// Returns whether several objects of a kind have a name that objects on the other side have too.
    private static func hasNameOfSeveral(_ one: Configuration, _ other: Configuration) -> Bool {
        one.objects.contains { kind, objects in
            let counts = Dictionary(grouping: objects, by: \.name).mapValues(\.count)
            return Dictionary(grouping: other.objects[kind] ?? [], by: \.name).contains { name, objects in
                counts[name].map { max($0, objects.count) > 1 } ?? false
            }
        }
    }
}
