import MessagingFiles
import MessagingSDK
import Testing

/// The variables in place of the secrets of integrations, which an export never gives to two of them.
@Suite struct PlaceholderTests {
    private static func configuration(_ integrations: [(id: String, name: String)]) -> Configuration {
        var objects = integrations.map { id, name in
            let members: JSON.Object = [
                "name": .string(name), "outboundNotificationWebhookUrl": .string("https://\(id).example.com/"),
                "webhookHeaders": ["X-Key": .string("secret of \(id)")],
            ]
            return ConfiguredObject(id: id, members: members)
        }
        objects.label()
        var configuration = Configuration()
        configuration.objects["integrations"] = objects
        return configuration
    }

    /// Returns the variables of each integration, by its host name.
    private static func variables(_ read: Configuration) throws -> [String: [String]] {
        var variables: [String: [String]] = [:]
        for object in read.objects["integrations"] ?? [] {
            let url = try #require(object.members["outboundNotificationWebhookUrl"]?.string)
            let secrets = [
                object.members["outboundNotificationWebhookSignatureSecretToken"],
                object.members["webhookHeaders"]?["X-Key"],
            ]
            variables[String(url.dropFirst("https://".count).prefix(1))] = secrets.map { $0?.string ?? "" }
        }
        return variables
    }

    @Test func aNewObjectDoesNotGetTheVariableOfALaterOne() throws {
        let directory = TemporaryDirectory()
        let files = ConfigurationDirectory(directory.path)
        _ = try files.write(Self.configuration([("1", "A-B")]), format: .yaml, [:])
        let written = try files.write(Self.configuration([("2", "A B"), ("1", "A-B")]), format: .yaml, [:])
        #expect(
            try Self.variables(files.read()) == [
                "1": ["env:INTEGRATION_A_B_SECRET_TOKEN", "env:INTEGRATION_A_B_HEADER_X_KEY"],
                "2": ["env:INTEGRATION_A_B_SECRET_TOKEN_2", "env:INTEGRATION_A_B_HEADER_X_KEY_2"],
            ]
        )
        #expect(written.count == 4)
    }

    @Test func anObjectKeepsItsOwnNamesWhenAnotherOneGetsItsName() throws {
        let directory = TemporaryDirectory()
        let files = ConfigurationDirectory(directory.path)
        _ = try files.write(Self.configuration([("1", "Chat")]), format: .yaml, [:])
        let text = try directory.text("integrations/Chat.yaml").replacing("INTEGRATION_CHAT", with: "MINE")
        try directory.write(text, to: "integrations/Chat.yaml")
        for objects in [[("2", "Chat"), ("1", "Chat")], [("1", "Renamed"), ("2", "Chat")]] {
            _ = try files.write(Self.configuration(objects), format: .yaml, [:])
            let variables = try Self.variables(files.read())
            #expect(variables["1"] == ["env:MINE_SECRET_TOKEN", "env:MINE_HEADER_X_KEY"] || objects[0].1 == "Renamed")
            #expect(Set(variables.values.joined()).count == 4)
        }
    }

    @Test func onlyVariablesInTheFilesAreReported() throws {
        let directory = TemporaryDirectory()
        let files = ConfigurationDirectory(directory.path)
        _ = try files.write(Self.configuration([("1", "A"), ("2", "B")]), format: .yaml, [:])
        let written = try files.write(Self.configuration([("2", "B")]), format: .yaml, [:])
        #expect(written == ["INTEGRATION_B_HEADER_X_KEY", "INTEGRATION_B_SECRET_TOKEN"])
    }

    @Test func aNewObjectWithTheOldNameOfAnotherOneGetsItsOwnVariablesInTerraform() throws {
        for objects in [[("2", "Chat"), ("1", "Support")], [("1", "Support"), ("2", "Chat")]] {
            let directory = TemporaryDirectory()
            let files = TerraformFiles(directory.path)
            _ = try files.write(Self.configuration([("1", "Chat")]), [:])
            let report = try files.write(Self.configuration(objects), [:])
            #expect(
                try Self.variables(files.read([:])) == [
                    "1": ["env:TF_VAR_integration_chat_secret_token", "env:TF_VAR_integration_chat_header_x_key"],
                    "2": ["env:TF_VAR_integration_chat_secret_token_2", "env:TF_VAR_integration_chat_header_x_key_2"],
                ]
            )
            #expect(report.variables.count == 4)
            #expect(try directory.text("variables.tf").components("variable \"") == 4)
        }
    }
}

extension String {
    fileprivate func components(_ part: String) -> Int { split(separator: part).count - 1 }
}
