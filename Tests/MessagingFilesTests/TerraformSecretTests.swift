import MessagingFiles
import MessagingSDK
import Testing

/// Secrets in Terraform's files, and in the failures about them.
@Suite struct TerraformSecretTests {
    private static func failure(_ token: String, _ rest: String = "") throws -> Failure {
        let directory = TemporaryDirectory()
        let text = """
            variable "known" { default = "env:HOME" }
            resource "genesyscloud_conversations_messaging_integrations_open" "x" {
            name = "x"
            outbound_notification_webhook_url = "https://example.com/"
            outbound_notification_webhook_signature_secret_token = \(token)
            \(rest)
            }
            """
        try directory.write(text, to: "main.tf")
        return try #require(throws: Failure.self) { try TerraformFiles(directory.path).read([:]) }
    }

    @Test(arguments: [
        ("4711", "4711", "line 5, column 56: there is a number in the place of a text in quotes"),
        ("-47.11", "47", "line 5, column 56: there is a number in the place of a text in quotes"),
        (
            "hunter2secret", "hunter",
            "line 5, column 56: there is a name without quotes in the place of a text in quotes"
        ),
        ("hunter2.secret", "hunter", "line 5, column 56: there is a reference in the place of a text in quotes"),
        ("hunter2(secret)", "hunter", "line 5, column 56: a function is not read here"),
        ("true", "true", "line 5, column 56: there is a truth value in the place of a text in quotes"),
        ("\n4711", "4711", "line 5, column 56: there is the end of the line in the place of a value"),
        ("\"x\"\n4711", "4711", "line 6, column 1: there is a number in the place of an attribute or a block"),
        ("\"x\"\nhunter2\n", "hunter", "line 6, column 8: there is the end of the line in the place of = or {"),
        ("\"x\"\na 4711", "4711", "line 6, column 3: there is a number in the place of = or {"),
        (
            "\"x\"\na {} hunter2", "hunter",
            "line 6, column 6: there is a name without quotes in the place of the end of the line"
        ),
    ])
    func aFailureNamesOnlyTheForm(_ token: String, _ secret: String, _ message: String) throws {
        let failure = try Self.failure(token)
        #expect(failure.message == "main.tf, \(message)")
        #expect(!failure.message.contains(secret) && failure.next?.contains(secret) != true)
    }

    @Test(arguments: [
        ("\"env:HOME\"", "", "line 5, column 56"), ("var.known", "", "line 1, column 30"),
        ("\"0123456789abcdef\"", "webhook_headers = jsonencode({ X = \"env:HOME\" })", "line 6, column 36"),
        ("\"0123456789abcdef\"", "webhook_headers = jsonencode({ X = var.known })", "line 1, column 30"),
        ("\"0123456789abcdef\"", #"webhook_headers = "{\"X\":\"env:HOME\"}""#, "line 6, column 19"),
    ])
    func aLiteralIsNoEnvironmentVariable(_ token: String, _ headers: String, _ place: String) throws {
        let failure = try Self.failure(token, headers)
        #expect(failure.message == "main.tf, \(place): a secret in quotes must not begin with env:")
        #expect(failure.next == "Declare a variable, write var.NAME, and set TF_VAR_NAME.")
    }
}
