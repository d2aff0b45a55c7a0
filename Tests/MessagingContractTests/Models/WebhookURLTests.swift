import MessagingContract
import Testing

@Suite struct WebhookURLTests {
    private static func isTaken(_ url: String) -> Bool {
        let request: JSON = [
            "name": "n", "outboundNotificationWebhookUrl": .string(url),
            "outboundNotificationWebhookSignatureSecretToken": "0123456789abcdef",
        ]
        return (try? OpenIntegrationRequest(json: request)) != nil
    }

    /// All addresses of up to nine groups, with `::` in each place and with an IPv4 address at the end.
    private static let addresses: [String] = (0...9).flatMap { count -> [String] in
        let groups = (0..<count).map { String($0 * 4_369, radix: 16) }
        let plain = groups.joined(separator: ":")
        let shortened = (0...count).map { place in
            groups[..<place].joined(separator: ":") + "::" + groups[place...].joined(separator: ":")
        }
        return ([plain] + shortened).flatMap {
            [$0, $0 + ":192.0.2.1", $0 + "192.0.2.1", $0 + ":", ":" + $0, $0 + "%1"]
        }
    }

    @Test func schemaAndRuleAcceptTheSameURLs() throws {
        let schema = OpenIntegrationRequest.schema(.request).components["OpenIntegrationRequest"]
        let url = schema?["properties"]?["outboundNotificationWebhookUrl"]
        let pattern = try Regex(try #require(url?["pattern"]?.string)).matchingSemantics(.unicodeScalar)
        let bytes = (1...0x7F).map { String(UnicodeScalar(UInt8($0))) } + ["ü", "%", "%a", "%0G", "%7e", "%C3%BC"]
        let hosts = [
            "a", "", "-", "[", "]", "[]", "[::1", "::1]", "[::1]x", "a_b.c~d", String(repeating: "%41", count: 256),
        ]
        let ports = ["", ":", ":0", ":1", ":01", ":65535", ":65536", ":99999", ":655350", ":x", ":1:1", ":-1"]
        var urls = Self.addresses.map { "https://[\($0)]" }
        urls += bytes.flatMap { ["https://a\($0)b", "https://a/\($0)", "https://a?\($0)", "https://a/\($0)?\($0)/?"] }
        urls += hosts.flatMap { host in
            ports.flatMap { ["HttpS://\(host)\($0)", "https://\(host)\($0)/", "https:/\(host)\($0)"] }
        }
        for url in urls where Self.isTaken(url) != (try pattern.wholeMatch(in: url) != nil) { Issue.record("\(url)") }
        #expect(urls.filter(Self.isTaken).count > 300)
        #expect(urls.count { !Self.isTaken($0) } > 300)
    }
}
