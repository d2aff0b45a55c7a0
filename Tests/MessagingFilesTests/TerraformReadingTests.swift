import MessagingFiles
import MessagingSDK
import Testing

/// What is read of Terraform's files, and where a refusal is.
@Suite struct TerraformReadingTests {
    private static let settings = "genesyscloud_conversations_messaging_settings"
    private static let profiles = "genesyscloud_conversations_messaging_supportedcontent"
    private static let integrations = "genesyscloud_conversations_messaging_integrations_open"

    private static func read(_ text: String, _ environment: [String: String] = [:]) throws -> Configuration {
        let directory = TemporaryDirectory()
        try directory.write(text, to: "main.tf")
        return try TerraformFiles(directory.path).read(environment)
    }

    private static let whole = """
        terraform { required_providers { genesyscloud = { source = "mypurecloud/genesyscloud" } } }
        provider "genesyscloud" {
          sdk_debug = tobool("true") // not needed here
          text      = <<-EOT
            resource "x" {
            EOT
        }
        /* A comment { */ variable "team" { default = "Red" }
        variable "key" {
          type = object({ a = string })
          validation {
            condition     = length(var.key) > 1 && "${var.key}" != "}"
            error_message = "${"}"}"
          }
        }
        variable "known" { default = "in the file" }
        data "\(settings)" "other" { name = "Other" }
        import {
          to = \(settings).support
          id = "11111111-0000-7000-8000-00000000000a"
        }
        resource "\(settings)" "support" {
          name = var.team # the team
          content {
            story {
              mention { inbound = "Enabled" }
            }
          }
          lifecycle { prevent_destroy = 1 == 1 }
          depends_on = [data.\(settings).other]
        }
        resource \(profiles) "pictures" {
          name = "\\u00e9\\U0001F9C0 $${x} %%{y} \\"\\\\\\n"
          media_types { 
            allow {
              inbound { type = "image/*" }
              inbound { type = "image/png" }
            }
          }
        }
        resource "\(profiles)_default" "x" { content_id = \(profiles).pictures.id }
        resource "\(settings)_default" "x" { setting_id = data.\(settings).other.id }
        resource "\(integrations)" "chat" {
          name                 = "Chat"
          supported_content_id = \(profiles).pictures.id
          messaging_setting_id = \(settings).support.id
          outbound_notification_webhook_url = "https://example.com/"
          outbound_notification_webhook_signature_secret_token = var.key
          webhook_headers = jsonencode({
            "X-Key" : var.key,
            Known   = var.known
          })
        }
        output "ids" { value = [for each in x : each.id] }
        """

    @Test func allThatTerraformMeansIsRead() throws {
        let read = try Self.read(Self.whole)
        #expect(read.objects.mapValues(\.count) == ["settings": 1, "supported-content": 1, "integrations": 1])
        #expect(
            read.objects["settings"]?.first?.members == [
                "name": "Red", "content": ["story": ["mention": ["inbound": "Enabled"]]],
            ]
        )
        #expect(read.objects["settings"]?.first?.id == "11111111-0000-7000-8000-00000000000a")
        let name = "é🧀 ${x} %{y} \"\\\n"
        #expect(
            read.objects["supported-content"]?.first?.members == [
                "name": .string(name),
                "mediaTypes": ["allow": ["inbound": [["type": "image/*"], ["type": "image/png"]]]],
            ]
        )
        #expect(
            read.objects["integrations"]?.first?.members == [
                "name": "Chat", "supportedContent": ["name": .string(name)], "messagingSetting": ["name": "Red"],
                "outboundNotificationWebhookUrl": "https://example.com/",
                "outboundNotificationWebhookSignatureSecretToken": "env:TF_VAR_key",
                "webhookHeaders": ["X-Key": "env:TF_VAR_key", "Known": "in the file"],
            ]
        )
        #expect(read.defaults == ["settings": .object("Other"), "supported-content": .object(name)])
    }

    @Test func aVariableOfTheEnvironmentIsStrongerThanADefault() throws {
        let read = try Self.read(Self.whole, ["TF_VAR_team": "Blue", "TF_VAR_known": "x"])
        #expect(read.objects["settings"]?.first?.name == "Blue")
        #expect(read.objects["integrations"]?.first?.members["webhookHeaders"]?["Known"] == "env:TF_VAR_known")
    }

    @Test func anAbsentReferenceIsNotDeclaredAndNullIsNone() throws {
        let start = """
            resource "\(Self.integrations)" "x" {
            name = "x"
            outbound_notification_webhook_url = "https://example.com/"
            outbound_notification_webhook_signature_secret_token = "0123456789abcdef"
            """
        let absent = try Self.read("\(start)\n}").objects["integrations"]?.first?.members
        #expect(absent?["messagingSetting"] == nil)
        let none = try Self.read("\(start)\nmessaging_setting_id = null\n}").objects["integrations"]?.first?.members
        #expect(none?["messagingSetting"] == .null)
    }

    @Test func objectsWithOneNameKeepTheirReferences() throws {
        let read = try Self.read(
            """
            resource "\(Self.settings)" "a" { name = "Same" }
            resource "\(Self.settings)" "b" { name = "Same" }
            resource "\(Self.settings)_default" "x" { setting_id = \(Self.settings).b.id }
            """
        )
        let labels = read.objects["settings"]?.map(\.label) ?? []
        #expect(Set(labels).count == 2)
        #expect(read.defaults["settings"] == .object(labels[1]))
    }

    private static let start = "resource \"\(settings)\" \"x\" {\n"
    private static let refusals: [(String, String, String?)] = [
        ("x = 1", "line 1, column 1: the attribute x is outside of a block", nil),
        ("resorce \"a\" \"b\" {}", "line 1, column 1: there is no block \"resorce\"", "Did you mean resource?"),
        (
            "\n resource \"\(settings)s\" \"b\" {}",
            "line 2, column 2: there is no type \"\(settings)s\" for a resource here", "Did you mean \(settings)?"
        ),
        ("resource \"\(settings)\" {}", "line 1, column 1: a resource must have a type and a label", nil),
        (
            "\(start)nme = \"x\"\n}", "line 2, column 1: there is no attribute \"nme\" in \(settings)",
            "Did you mean name?"
        ),
        (
            "\(start)name = \"x\"\n  evnt {}\n}", "line 3, column 3: there is no block \"evnt\" in \(settings)",
            "Did you mean event?"
        ),
        (
            "\(start)name = \"x\"\ncontent {\nstory {\nmentions {}\n}\n}\n}",
            "line 5, column 1: there is no block \"mentions\" in story", "Did you mean mention?"
        ),
        ("\(start)name = <<EOT\nx\nEOT\n}", "line 2, column 8: a heredoc is not read here", "Write the value itself"),
        (
            "\(start)name = \"é ${x}\"\n}", "line 2, column 8: a text with ${...} or %{...} is not read here",
            "Write the value itself"
        ),
        ("\(start)name = upper(\"x\")\n}", "line 2, column 8: a function is not read here", "Write the value"),
        ("\(start)name = \"x\" + 1\n}", "line 2, column 8: an expression of more than one value is not read", nil),
        ("\(start)name = 5\n}", "line 2, column 8: there is a number in the place of a text in quotes", nil),
        ("\(start)name = local.x\n}", "line 2, column 8: there is a reference in the place of a text in quotes", nil),
        (
            "\(start)count = 2\nname = \"x\"\n}", "line 2, column 1: count is not read here",
            "Write a resource for each object."
        ),
        ("\(start)for_each = {}\nname = \"x\"\n}", "line 2, column 1: for_each is not read here", "Write a resource"),
        ("module \"x\" { source = \"./x\" }", "line 1, column 1: modules are not read here", "Give the directory"),
        ("\(start)name = \"x\"\ncontent = {}\n}", "line 3, column 1: content is a block", "Write content { ... }"),
        ("\(start)name = \"x\"\nevent {}\nevent {}\n}", "line 4, column 1: the block event occurs twice", nil),
        ("\(start)name = \"x\"\nname = \"y\"\n}", "line 3, column 1: the attribute name occurs twice", nil),
        ("\(start)}", "line 1, column 1: \(settings).x has no name", nil),
        ("\(start)name = \"x\"", "line 1, column 1: the block has no end", "End it with }"),
        ("\(start)name = \"x\n}", "line 2, column 8: the text has no closing quote in its line", "Write a line feed"),
        ("\(start)name = \"\\x\"\n}", "line 2, column 9: there is no such escape", "The escapes are"),
        ("\(start)name = var.x\n}", "line 2, column 8: there is no variable \"x\"", "Declare it"),
        (
            "variable \"x\" {}\n\(start)name = var.x\n}", "line 3, column 8: the variable x has no value",
            "Set TF_VAR_x, or give the variable a default."
        ),
        ("/* x", "line 1, column 1: the comment has no end", "End it with */"),
        (
            "resource \"\(settings)_default\" \"x\" { setting_id = \(settings).supprt.id }\n\(start)name = \"x\"\n}",
            "there is no \(settings).supprt", "If another file has it"
        ),
        (
            "resource \"\(settings)_default\" \"x\" { setting_id = \(profiles).y.id }",
            "there is a reference in the place of \(settings).LABEL.id", nil
        ),
        ("resource \"\(settings)_default\" \"x\" {}", "line 1, column 1: \(settings)_default.x has no setting_id", nil),
        ("import { to = \(settings).x }\n\(start)name = \"x\"\n}", "line 1, column 1: the import has no id", nil),
        (
            "\nimport {\nto = \(settings).x\nid = \"1\"\n}",
            "line 2, column 1: there is no \(settings).x for the import", "Declare the resource"
        ),
        (
            "\(start)name = \"x\"\n}\nimport {\nto = \(settings).x\nid = \"1\"\n}\nimport {\nto = \(settings).x\nid = \"2\"\n}",
            "line 8, column 1: \(settings).x is imported twice; the other import is in main.tf, line 4", nil
        ),
        (
            "variable \"x\" { default = \"1\" }\n\nvariable \"x\" {}",
            "line 3, column 1: var.x occurs twice; the other one is in main.tf, line 1", nil
        ),
        (
            "\(start)name = \"x\"\n}\n\(start)name = \"y\"\n}",
            "line 4, column 1: \(settings).x occurs twice; the other one is in main.tf, line 1", nil
        ),
        (
            "resource \"\(integrations)\" \"x\" {\nname = \"x\"\noutbound_notification_webhook_url = \"https://x.y\"\n"
                + "outbound_notification_webhook_signature_secret_token = \"0123456789abcdef\"\n"
                + "webhook_headers = jsonencode({ X = 5 })\n}",
            "main.tf, line 1: ", nil
        ),
        (
            "data \"\(settings)\" \"x\" { nme = \"x\" }", "column 60: there is no attribute \"nme\"",
            "Did you mean name?"
        ),
        (
            "resource \"\(profiles)\" \"x\" {\nname = \"x\"\nmedia_types { allow { inbound {} } }\n}",
            "line 3, column 23: inbound has no type", nil
        ),
        (String(repeating: "a {\n", count: 100), "more than 32 blocks are inside each other", nil),
        ("a { b = " + String(repeating: "[", count: 100), "more than 32 values are inside each other", nil),
    ]

    @Test(arguments: refusals)
    func whatIsNotUnderstoodIsRefusedWithItsPlace(_ text: String, _ message: String, _ next: String?) {
        let failure = #expect(throws: Failure.self) { try Self.read(text) }
        #expect(failure?.message.hasPrefix("main.tf, line ") == true)
        #expect(failure?.message.contains(message) == true, "\(failure?.message ?? "")")
        if let next { #expect(failure?.next?.hasPrefix(next) == true, "\(failure?.next ?? "")") }
    }

    @Test func aTextThatIsNoUTF8HasItsPlace() throws {
        let directory = TemporaryDirectory()
        try directory.write([UInt8]("# x\n# é ".utf8) + [0xFF], to: "main.tf")
        let failure = #expect(throws: Failure.self) { try TerraformFiles(directory.path).read([:]) }
        #expect(failure?.message == "main.tf, line 2, column 5: the text is not UTF-8")
    }
}
