import Foundation
import MessagingFiles
import MessagingSDK
import Randomness
import Testing

/// Random bytes and random edits of valid files: each is read or refused with its place.
@Suite struct TerraformFuzzTests {
    private static let valid = """
        variable "key" { default = "x" } # y
        import {
          to = genesyscloud_conversations_messaging_settings.a-b
          id = "1"
        }
        resource "genesyscloud_conversations_messaging_settings" "a-b" {
          name = "\\u00e9${"{"} $${x}"
          content {
            story { mention { inbound = "Enabled" } }
          }
        }
        resource "genesyscloud_conversations_messaging_supportedcontent" "b" {
          name = "b"
          media_types { allow { inbound { type = "*/*" } } }
        }
        resource "genesyscloud_conversations_messaging_integrations_open" "c" {
          name = "c"
          supported_content_id = genesyscloud_conversations_messaging_supportedcontent.b.id
          outbound_notification_webhook_url = "https://example.com/"
          outbound_notification_webhook_signature_secret_token = var.key
          webhook_headers = jsonencode({ "X" = var.key, y : [1, -2.5e3, null, true] })
        }
        output "x" { value = f("${[for x in y : "${x}"]}", <<-E
          text
          E
        ) }

        """

    @Test(arguments: 0..<40)
    func noBytesAreFatal(_ seed: Int) throws {
        var random = SplitMix(seed: UInt64(seed))
        let directory = TemporaryDirectory()
        for _ in 0..<100 {
            let bytes = Bool.random(using: &random) ? Self.noise(&random) : Self.edited(&random)
            try directory.write(bytes, to: "main.tf")
            do {
                _ = try TerraformFiles(directory.path).read([:])
            } catch {
                #expect(error.message.hasPrefix("main.tf, line "), "\(error.message)")
            }
        }
    }

    private static func noise(_ random: inout SplitMix) -> [UInt8] {
        let pieces = [
            "{", "}", "[", "]", "(", "\"", "${", "%{", "<<E\n", "E\n", "/*", "*/", "#", "=", "a", ".", "\\", "\n", "1e",
        ]
        return (0..<Int.random(in: 0...60, using: &random)).flatMap { _ -> [UInt8] in
            guard Int.random(in: 0..<8, using: &random) > 0 else { return [UInt8.random(in: 0...255, using: &random)] }
            return Array(pieces[Int.random(in: 0..<pieces.count, using: &random)].utf8)
        }
    }

    private static func edited(_ random: inout SplitMix) -> [UInt8] {
        var bytes = Array(valid.utf8)
        for _ in 0..<Int.random(in: 1...3, using: &random) {
            let start = Int.random(in: 0..<bytes.count, using: &random)
            let end = min(bytes.count, start + Int.random(in: 0...8, using: &random))
            switch Int.random(in: 0..<4, using: &random) {
            case 0: bytes.removeSubrange(start..<end)
            case 1: bytes.insert(contentsOf: bytes[start..<end], at: Int.random(in: 0...bytes.count, using: &random))
            case 2: bytes.insert(contentsOf: noise(&random).prefix(3), at: start)
            default: bytes.removeSubrange(start...)
            }
            if bytes.isEmpty { return bytes }
        }
        return bytes
    }

    @Test(arguments: 0..<20)
    func everyNameReturns(_ seed: Int) throws {
        var random = SplitMix(seed: UInt64(seed))
        var names = [
            "${x}", "$${x}", "$$${x}", "%{if}", "%%{", "$", "$$", "{", "\\u0041", "\"", "\u{301}x", "\u{2028}",
            "\u{202E}", "\n\u{301}",
        ]
        names += (0..<20).map { _ in random.string() }.filter { !$0.isEmpty }
        var configuration = Configuration()
        var objects = names.enumerated().map { place, name in
            ConfiguredObject(id: "\(place)", members: ["name": .string(name)])
        }
        objects.label()
        configuration.objects["settings"] = objects
        let directory = TemporaryDirectory()
        _ = try TerraformFiles(directory.path).write(configuration, [:])
        let read = try TerraformFiles(directory.path).read([:])
        #expect(read.objects["settings"]?.map { $0.members } == objects.map(\.members))
    }

    @Test func longAndDeepTextsAreReadOrRefused() throws {
        let directory = TemporaryDirectory()
        let count = 5_000
        let resources = (0..<count).map {
            "resource \"genesyscloud_conversations_messaging_settings\" \"x\($0)\" { name = \"\($0)\" }\n"
        }
        try directory.write(resources.joined(), to: "main.tf")
        #expect(try TerraformFiles(directory.path).read([:]).objects["settings"]?.count == count)
        for open in ["{", "[", "(", "\"${", "a {\n", "<<E\n", "/*", "x = [", "\"$"] {
            try directory.write(String(repeating: open, count: 200_000), to: "main.tf")
            #expect(throws: Failure.self) { try TerraformFiles(directory.path).read([:]) }
        }
    }
}
