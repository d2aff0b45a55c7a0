import MessagingFiles
import MessagingSDK
import Testing

/// Exports into a directory in which people have files of their own.
@Suite struct TerraformNeighborTests {
    private static let settings = "genesyscloud_conversations_messaging_settings"

    private static let header = "# Written by messaging export --format hcl. The next export replaces the file.\n"

    private static func configuration(_ settings: [(id: String, name: String)]) -> Configuration {
        var objects = settings.map { ConfiguredObject(id: $0.id, members: ["name": .string($0.name)]) }
        objects.label()
        let members: JSON.Object = [
            "name": "Chat", "messagingSetting": ["name": .string(objects[0].label)],
            "outboundNotificationWebhookUrl": "https://example.com/", "webhookHeaders": ["X-Key": "secret"],
        ]
        var configuration = Configuration()
        configuration.objects["settings"] = objects
        configuration.objects["integrations"] = [ConfiguredObject(id: "9", members: members)]
        configuration.defaults["settings"] = .object(objects[0].label)
        return configuration
    }

    /// Exports, lets a person change the files, and exports again.
    private static func exported(
        _ before: [(id: String, name: String)],
        _ after: [(id: String, name: String)],
        _ mine: String,
        edit: (TemporaryDirectory) throws -> Void = { _ in }
    ) throws -> TemporaryDirectory {
        let directory = TemporaryDirectory()
        let files = TerraformFiles(directory.path)
        _ = try files.write(configuration(before), [:])
        try directory.write(mine, to: "mine.tf")
        try edit(directory)
        let names = directory.names
        let old = try names.map(directory.text)
        do {
            _ = try files.write(configuration(after), [:])
        } catch {
            #expect(try directory.names == names && names.map(directory.text) == old, "a refusal changes no file")
            throw error
        }
        #expect(try directory.text("mine.tf") == mine)
        return directory
    }

    private static let imported = """
        resource "\(settings)" "own" { name = "Mine" }
        import {
          to = \(settings).own
          id = "1"
        }
        """

    @Test(arguments: [imported, "resource \"\(settings)\" \"own\" { name = \"Mine\" }\n"])
    func aResourceOfAPersonIsNotWrittenAgainButReferredTo(_ mine: String) throws {
        let directory = try Self.exported([("2", "Other")], [("1", "Mine"), ("2", "Other")], mine)
        let text = try directory.text("settings.tf")
        #expect(!text.contains("Mine") && text.contains("\"Other\""))
        #expect(try directory.text("integrations.tf").contains("= \(Self.settings).own.id"))
        #expect(try directory.text("defaults.tf").contains("setting_id = \(Self.settings).own.id"))
        let plan = try Plan(
            from: Self.configuration([("1", "Mine"), ("2", "Other")]),
            to: TerraformFiles(directory.path).read([:]),
            prunes: true,
            [:]
        )
        #expect(plan.isEmpty)
    }

    @Test func aLabelOfAPersonIsNotGivenToAnotherObject() throws {
        let mine = """
            resource "\(Self.settings)" "Other" { name = "Mine" }
            import {
              to = \(Self.settings).Other
              id = "1"
            }
            """
        let directory = try Self.exported([("1", "Mine")], [("1", "Mine"), ("2", "Other")], mine) {
            try $0.write(Self.header, to: "settings.tf")
        }
        #expect(try directory.text("settings.tf").contains("\"Other_2\""))
    }

    @Test func importsAndDefaultsAndVariablesOfAPersonStay() throws {
        let mine = """
            import {
              to = \(Self.settings).Mine
              id = "1"
            }
            resource "\(Self.settings)_default" "own" { setting_id = \(Self.settings).Mine.id }
            variable "integration_chat_secret_token" { sensitive = true }
            output "key" { value = upper(var.integration_chat_header_x_key) }
            module "other" { source = "./other" }
            resource "aws_bucket" "x" { count = 2 }
            """
        let directory = try Self.exported([("1", "Mine")], [("1", "Mine")], mine) { directory in
            try directory.write(
                "\(Self.header)resource \"\(Self.settings)\" \"Mine\" { name = \"Mine\" }\n",
                to: "settings.tf"
            )
            try directory.write(Self.header, to: "defaults.tf")
            try directory.write(
                directory.text("variables.tf").replacing("\"integration_chat_secret_token\"", with: "\"unused\""),
                to: "variables.tf"
            )
        }
        #expect(try !directory.text("settings.tf").contains("import"))
        #expect(try !directory.text("defaults.tf").contains("resource"))
        let variables = try directory.text("variables.tf")
        #expect(variables.contains("\"integration_chat_header_x_key\"") && !variables.contains("secret_token"))
    }

    @Test func aVariableThatAPersonNamesStays() throws {
        let directory = TemporaryDirectory()
        let files = TerraformFiles(directory.path)
        let configuration = Self.configuration([("1", "A")])
        _ = try files.write(configuration, [:])
        try directory.write("output \"key\" { value = \"${var.integration_chat_header_x_key}\" }\n", to: "mine.tf")
        var later = configuration
        later.objects["integrations"] = []
        let report = try files.write(later, [:])
        #expect(report.variables.isEmpty)
        let variables = try directory.text("variables.tf")
        #expect(variables.contains("integration_chat_header_x_key") && !variables.contains("secret_token"))
    }

    @Test(arguments: [
        (
            "import {\n  to = \(settings).Gone\n  id = \"5\"\n}\n",
            "mine.tf, line 1, column 1: there is no \(settings).Gone",
            "Declare the resource"
        ),
        (
            "resource \"\(settings)\" \"own\" { name = \"Twin\" }\n",
            "mine.tf, line 1, column 1: \(settings).own can be each of 2 objects with its name", "Write an import block"
        ),
        (
            "resource \"\(settings)\" \"A\" { name = \"A\" }\n",
            "mine.tf, line 1, column 1: \(settings).A occurs twice",
            nil
        ),
    ])
    func whatDoesNotFitTogetherIsRefusedBeforeAnythingIsWritten(_ mine: String, _ message: String, _ next: String?)
        throws
    {
        let failure = #expect(throws: Failure.self) {
            try Self.exported([("1", "A")], [("1", "A"), ("2", "Twin"), ("3", "Twin")], mine)
        }
        #expect(failure?.message.hasPrefix(message) == true, "\(failure?.message ?? "")")
        if let next { #expect(failure?.next?.hasPrefix(next) == true) }
    }
}
