import MessagingFiles
import MessagingSDK
import MessagingTesting
import Testing

/// A plan in a file.
@Suite struct PlanDocumentTests {
    @Test(arguments: 0..<20) func aPlanReturnsAsItWas(_ seed: Int) async throws {
        let (source, target) = try await (MessagingTestServer().client(), MessagingTestServer().client())
        var (one, other) = (RandomOrganization(seed: UInt64(seed)), RandomOrganization(seed: UInt64(seed + 500)))
        try await one.fill(source)
        try await other.fill(target)
        let before = try await OrganizationReader(client: target).read()
        let after = try await OrganizationReader(client: source).read()
        let plan = Plan(Comparison(from: before, to: after, [:]))
        let document = try PlanDocument(plan: withoutSecrets(plan), host: "http://a", organization: "o", tag: "t")
        let read = try PlanDocument(document.json)
        let isSame = read.json == document.json && read.plan.ids == plan.ids
        #expect(isSame)
        #expect(read.plan.steps.count == plan.steps.count)
        #expect(read.tag == "t" && read.host == "http://a" && read.organization == "o")
    }

    @Test(arguments: [
        "{}", #"{"format":"messaging-plan","version":2}"#,
        #"{"format":"messaging-plan","version":1,"host":"","organization":"","steps":[{}]}"#,
    ])
    func otherDocumentsAreNoPlans(_ text: String) throws {
        let error = #expect(throws: Failure.self) { try PlanDocument(JSON(parsing: Array(text.utf8))) }
        #expect(error?.code == "not.a.plan")
    }

    /// Random organizations have header fields, whose values no file may have in a plan.
    private func withoutSecrets(_ plan: Plan) -> Plan {
        var plan = plan
        for index in plan.steps.indices { plan.steps[index].after?["webhookHeaders"] = nil }
        return plan
    }
}
