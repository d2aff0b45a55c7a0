import Foundation
import MessagingFiles
import MessagingSDK
import MessagingTesting
import Testing

/// Random organizations, through Terraform's files and back.
@Suite struct TerraformRoundTripTests {
    @Test(arguments: 0..<200)
    func aPlanAfterAnExportIsEmpty(_ seed: Int) async throws {
        try await withMessagingServer { client in
            var organization = RandomOrganization(seed: UInt64(seed))
            try await organization.fill(client)
            let state = try await OrganizationReader(client: client).read()
            let (terraform, yaml) = (TemporaryDirectory(), TemporaryDirectory())
            let files = TerraformFiles(terraform.path)
            _ = try files.write(state, [:])
            let read = try files.read([:])
            let plan = try Plan(from: state, to: read, prunes: true, [:])
            #expect(plan.steps.map { "\($0.action) \($0.kind) \($0.label) \($0.difference)" } == [])
            #expect(plan.unchanged == state.objects.values.map(\.count).reduce(0, +))
            #expect(read.defaults == state.defaults)

            _ = try ConfigurationDirectory(yaml.path).write(state, format: .yaml, [:])
            let comparison = Comparison(from: read, to: try ConfigurationDirectory(yaml.path).read(), [:])
            #expect(comparison.isEmpty && comparison.unchanged == plan.unchanged)

            let before = try terraform.names.map(terraform.text)
            _ = try files.write(state, [:])
            #expect(try terraform.names.map(terraform.text) == before)
        }
    }

    @Test func aLaterExportKeepsLabelsAndVariables() async throws {
        try await withMessagingServer { client in
            let first = try await client.settings.create(MessagingSettingRequest(name: "Support"))
            let integration = OpenIntegrationRequest(
                name: "Chat",
                outboundNotificationWebhookUrl: "https://example.com/",
                outboundNotificationWebhookSignatureSecretToken: "0123456789abcdef",
                messagingSetting: MessagingSettingRequestReference(id: first.id),
                webhookHeaders: ["X-Key": "secret"]
            )
            _ = try await client.integrations.open.create(integration)
            let reader = OrganizationReader(client: client)
            let directory = TemporaryDirectory()
            let files = TerraformFiles(directory.path)
            let report = try await files.write(reader.read(), [:])
            #expect(
                report.variables == ["TF_VAR_integration_chat_header_x_key", "TF_VAR_integration_chat_secret_token"]
            )
            for name in ["integrations.tf", "variables.tf"] {
                let text = try directory.text(name).replacing("integration_chat_header_x_key", with: "mine")
                try directory.write(text, to: name)
            }
            let provider = try directory.text("terraform.tf") + "# A backend.\n"
            try directory.write(provider, to: "terraform.tf")
            try directory.write("output \"x\" { value = 1 + 1 }\n", to: "mine.tf")

            _ = try await client.settings.create(MessagingSettingRequest(name: "Support"))
            _ = try await client.settings.update(first.id, Patch(json: ["name": "Renamed"]))
            let again = try await files.write(reader.read(), [:])
            #expect(again.variables == ["TF_VAR_integration_chat_secret_token", "TF_VAR_mine"])
            let settings = try directory.text("settings.tf")
            #expect(settings.contains("settings\" \"Support\" {\n  name = \"Renamed\""))
            #expect(settings.contains("settings\" \"Support_") && !settings.contains("\"Renamed\" {"))
            #expect(try directory.text("integrations.tf").contains("\"X-Key\" = var.mine"))
            #expect(try directory.text("terraform.tf") == provider)
            #expect(directory.names.contains("mine.tf"))
            #expect(try await Plan(from: reader.read(), to: files.read([:]), prunes: true, [:]).isEmpty)
        }
    }

    @Test func onlyAnEmptyDirectoryOrAnEarlierExportIsWritten() throws {
        var configuration = Configuration()
        configuration.objects["settings"] = []
        let directory = TemporaryDirectory()
        try directory.write("terraform {}\n", to: "main.tf")
        let files = TerraformFiles(directory.path)
        var failure = #expect(throws: Failure.self) { try files.write(configuration, [:]) }
        #expect(failure?.message == "\(directory.path) is neither empty nor a directory of an earlier export in HCL")
        try FileManager.default.removeItem(atPath: "\(directory.path)/main.tf")
        _ = try files.write(configuration, [:])
        try directory.write("# Mine.\n", to: "settings.tf")
        failure = #expect(throws: Failure.self) { try files.write(configuration, [:]) }
        #expect(failure?.message == "\(directory.path)/settings.tf is not a file of an earlier export in HCL")
        #expect(try directory.text("settings.tf") == "# Mine.\n")
    }

    @Test func anExportDeclaresKindsWithoutObjects() throws {
        var configuration = Configuration()
        configuration.objects["settings"] = []
        configuration.defaults["settings"] = Configuration.Default.none
        let directory = TemporaryDirectory()
        _ = try TerraformFiles(directory.path).write(configuration, [:])
        var read = try TerraformFiles(directory.path).read([:])
        #expect(read.objects["settings"] == [] && read.defaults == configuration.defaults)
        try directory.write("# Mine.\n", to: "settings.tf")
        read = try TerraformFiles(directory.path).read([:])
        #expect(read.objects["settings"] == nil)
    }
}
