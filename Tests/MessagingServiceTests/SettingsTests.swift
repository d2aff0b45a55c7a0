import Foundation
import Logging
import MessagingServer
import Testing

@testable import MessagingService

@Suite struct SettingsTests {
    private static let operations = URL(filePath: #filePath).deletingLastPathComponent()
        .appending(path: "../../docs/operations.md")

    /// The document's row for a setting.
    private static func row(_ setting: SettingDescription) -> String {
        let flag = setting.hasFlag ? "`--\(setting.name)`" : ""
        let standard = setting.standard.map { "`\($0)`" } ?? "none"
        return "| \(flag) | `\(setting.variable)` | \(standard) | \(setting.meaning) |"
    }

    @Test func theDocumentListsEverySettingAsDeclared() throws {
        let text = try String(contentsOf: Self.operations, encoding: .utf8)
        let rows = text.split(separator: "\n").filter { $0.contains("`MESSAGING_") && $0.hasPrefix("|") }.map(
            String.init
        )
        let declared = Settings.all.map(Self.row)
        for row in declared where !rows.contains(row) { Issue.record("docs/operations.md has no row\n\(row)") }
        #expect(rows == declared)
        #expect(Set(Settings.all.map(\.name)).count == Settings.all.count)
    }

    @Test func aFlagWinsOverTheVariableWhichWinsOverTheDefault() throws {
        let environment = Environment(["MESSAGING_RATE_LIMIT": "7"])
        #expect(try Settings.rateLimit.value(["rate-limit": "9"], environment) == 9)
        #expect(try Settings.rateLimit.value([:], environment) == 7)
        #expect(try Settings.rateLimit.value([:], Environment([:])) == 300)
        #expect(try Settings.publicURL.value([:], Environment([:])) == nil)
    }

    /// Compose writes `NAME=${NAME:-}` as a variable that is empty.
    @Test func anEmptyVariableCountsAsAbsent() throws {
        let empty = Environment(Dictionary(uniqueKeysWithValues: Settings.all.map { ($0.variable, "") }))
        let (configuration, standard) = (
            try ServerConfiguration([:], empty), try ServerConfiguration([:], Environment([:]))
        )
        #expect(configuration.port == standard.port)
        #expect(configuration.host == standard.host)
        #expect(configuration.engine == standard.engine)
        #expect(configuration.socket == nil)
        #expect(configuration.publicURL == nil)
        #expect(configuration.tls == nil)
        #expect(configuration.encryptionKeys == nil)
        #expect(configuration.maxTokens == standard.maxTokens)
        #expect(configuration.rateLimits.client == standard.rateLimits.client)
        _ = try Bootstrap(empty)
        #expect(try Settings.rateLimit.given([:], empty) == nil)
        #expect(try Settings.rateLimit.given(["rate-limit": "9"], empty) == 9)
    }

    @Test func theRatesOfClientsAndOrganizationsFollowThatOfTokensUnlessGiven() throws {
        let off = try ServerConfiguration([:], Environment(["MESSAGING_RATE_LIMIT": "1000000000"])).rateLimits
        #expect((off.client, off.organization) == (1_000_000_000, 1_000_000_000))
        let flags = ["rate-limit": "1000", "client-rate-limit": "3000"]
        let given = try ServerConfiguration(flags, Environment(["MESSAGING_ORGANIZATION_RATE_LIMIT": "5"])).rateLimits
        #expect((given.token, given.client, given.organization) == (1_000, 3_000, 5))
    }

    @Test func aClientMayHaveTheTokensOfAMinuteByDefault() throws {
        for (flags, tokens) in [
            ([:], 1_000), (["rate-limit": "300"], 1_000), (["rate-limit": "5000"], 5_000),
            (["rate-limit": "1000000000"], 1_000_000), (["rate-limit": "5000", "max-tokens": "7"], 7),
        ] as [([String: String], Int)] {
            #expect(try ServerConfiguration(flags, Environment([:])).maxTokens == tokens)
        }
    }

    @Test(arguments: [
        ("port", "65536"), ("rate-limit", "many"), ("max-objects", "0"), ("history-days", "-1"),
        ("history-changes", "1e3"), ("history-min-days", "-1"), ("max-organization-bytes", "1048575"),
        ("integration-delay", "3601"), ("log-format", "xml"), ("log-level", "loud"),
        ("trusted-proxies", "10.0.0.0/33"),
        ("trusted-proxies", "10.0.0.1/8"), ("trusted-proxies", "localhost"), ("public-url", "messaging.example.com"),
        ("public-url", "ftp://a.example"), ("public-url", "https://a.example/?b=c"),
        ("public-url", "https://u:p@a.example"),
        ("public-url", ""), ("cors-origins", "https://a.example/"), ("tls-key", "key.pem"),
    ])
    func invalidValuesAreRefusedByName(_ name: String, _ text: String) throws {
        do {
            _ = try ServerConfiguration([name: text], Environment([:]))
            Issue.record("--\(name) \(text) was taken")
        } catch {
            #expect(error.description.contains("--\(name)"))
            #expect(error.description.contains("\"\(text)\"") || name == "tls-key")
        }
        let variable = "MESSAGING_" + name.uppercased().replacing("-", with: "_")
        if text.isEmpty || name == "tls-key" { return }
        do {
            _ = try ServerConfiguration([:], Environment([variable: text]))
            Issue.record("\(variable)=\(text) was taken")
        } catch {
            #expect(error.description.hasPrefix("\(variable) is \"\(text)\"; it "))
            #expect(!error.description.contains("--\(name)"))
        }
    }

    @Test func anOrganizationMayTakeHalfOfTheMemoryForSnapshotsAndNoMore() throws {
        let flags = ["max-organization-bytes": "\(4 << 20)", "max-objects": "1024"]
        #expect(throws: Never.self) {
            try ServerConfiguration(flags, Environment(["MESSAGING_SNAPSHOT_MEMORY": "10"]))
        }
        do {
            _ = try ServerConfiguration(flags, Environment(["MESSAGING_SNAPSHOT_MEMORY": "9"]))
            Issue.record("it was taken")
        } catch {
            let named = [
                "--max-organization-bytes 4194304", "--max-objects 1024", "--snapshot-memory 9 (MiB)",
                "must be at least 10",
            ]
            for text in named { #expect(error.description.contains(text)) }
        }
        #expect(throws: Never.self) { try ServerConfiguration([:], Environment([:])) }
    }

    /// A service that is called messaging has its address put into the environment of every pod.
    @Test(arguments: ["tcp://10.0.0.1:80", "udp://10.0.0.1:53", "sctp://[fd00::1]:80"])
    func theAddressOfAServiceOfKubernetesIsExplained(_ text: String) {
        for flags in [[:], ["port": "8080"]] {
            do {
                let port = try Settings.port.value(flags, Environment(["MESSAGING_PORT": text]))
                #expect(port == 8_080 && !flags.isEmpty)
            } catch {
                #expect(
                    error.description.hasPrefix(
                        "MESSAGING_PORT is \"\(text)\"; it must be 0 to 65535. Kubernetes sets it "
                    )
                )
                #expect(error.description.contains("enableServiceLinks: false"))
                #expect(error.description.contains("another name"))
            }
        }
        #expect(throws: StartError("--port is \"\(text)\"; it must be 0 to 65535")) {
            try Settings.port.value(["port": text], Environment([:]))
        }
    }

    @Test(arguments: ["\n", "\r\n", "\tx", "ü", "\u{7F}", "\u{0}", "€"])
    func aSecretIsAcceptedOnlyIfClientsCanSendIt(_ end: String) throws {
        let secret = "a secret~of 32 characters at least"
        #expect(throws: Never.self) { try Bootstrap(Environment(["MESSAGING_BOOTSTRAP_CLIENT_SECRET": secret])) }
        do {
            _ = try Bootstrap(Environment(["MESSAGING_BOOTSTRAP_CLIENT_SECRET": secret + end]))
            Issue.record("taken with \(end.unicodeScalars) at its end")
        } catch {
            #expect(error.description.hasPrefix("MESSAGING_BOOTSTRAP_CLIENT_SECRET cannot be used: "))
            #expect(error.description.contains("without a line feed at the end"))
            #expect(!error.description.contains("a secret"))
        }
    }

    @Test(arguments: [
        ("https://messaging.example.com", "https://messaging.example.com"),
        ("https://a.example:8443/", "https://a.example:8443"),
        ("http://[::1]:8080", "http://[::1]:8080"),
    ])
    func aPublicURLLosesItsLastSlash(_ text: String, _ url: String) throws {
        #expect(try Settings.publicURL.value(["public-url": text], Environment([:]))?.text == url)
    }

    @Test func wordsMatchInAnyCase() throws {
        #expect(try Settings.logLevel.value(["log-level": "WARNING"], Environment([:])) == .warning)
        #expect(try Settings.logFormat.value(["log-format": "Json"], Environment([:])) == .json)
    }

    /// Values come from files and other programs, so they may have anything in them.
    @Test func anErrorIsOneShortLineForAnyValue() throws {
        let values = [
            "1\n2", "\r\n", "\u{1B}]0;title\u{7}", "\u{1B}[2J", "\u{9B}31m", "\u{2028}x", "\u{202E}x", "\t", "\u{0}",
            String(repeating: "7\n", count: 100_000), String(repeating: "e\u{301}", count: 100_000),
        ]
        let paths: Set = ["host", "database", "socket", "tls-certificate", "tls-key"]
        for setting in Settings.all where setting.hasFlag && !paths.contains(setting.name) {
            for value in values {
                for (flags, variables) in [([setting.name: value], [:]), ([:], [setting.variable: value])] {
                    do {
                        _ = try ServerConfiguration(flags, Environment(variables))
                        #expect(setting.name == "cors-origins")
                    } catch {
                        #expect(error.description.unicodeScalars.allSatisfy { isPlain($0) }, "\(setting.name)")
                        #expect(error.description.utf8.count < 10_000)
                        #expect(error.description.hasPrefix(flags.isEmpty ? setting.variable : "--\(setting.name)"))
                    }
                }
            }
        }
    }

    @Test func aShortenedErrorKeepsTheValidValues() {
        let value = String(repeating: "7", count: 100_000)
        #expect(throws: StartError.self) { try Settings.port.value(["port": value], Environment([:])) }
        do { _ = try Settings.port.value(["port": value], Environment([:])) } catch {
            #expect(error.description.hasPrefix("--port is \"777"))
            #expect(error.description.hasSuffix("777\"; it must be 0 to 65535"))
            #expect(error.description.count < 1_100)
        }
    }

    @Test func unknownVariablesAreNamed() {
        var variables = Dictionary(uniqueKeysWithValues: Settings.all.map { ($0.variable, "x") })
        #expect(Environment(variables).unknown == [])
        variables["MESSAGING_RATELIMIT"] = "secret"
        variables["messaging_prot"] = "secret"
        variables["MESSAGING_"] = ""
        variables["MESSAGINGX"] = "1"
        variables["messaging_port"] = "1"
        #expect(
            Environment(variables).unknown == ["MESSAGING_", "MESSAGING_RATELIMIT", "messaging_port", "messaging_prot"]
        )
    }

    private func isPlain(_ scalar: Unicode.Scalar) -> Bool {
        ![.control, .format, .lineSeparator, .paragraphSeparator].contains(scalar.properties.generalCategory)
    }
}
