import HTTPTypes
import MessagingContract
import MessagingCore
import MessagingSQLite
import MessagingServer
import Testing

@Suite struct TrustedProxiesTests {
    /// The address in the history of a change that a request made.
    private static func author(
        _ proxies: String,
        peer: String,
        _ fields: [(String, String)]
    ) async throws -> String? {
        let server = try await TestServer { $0.trustedProxies = TrustedProxies(proxies) ?? .none }
        var head = HTTPRequest(
            method: .post,
            scheme: "http",
            authority: "test",
            path: "/api/v2/messaging/settings",
            headerFields: [.authorization: "Bearer \(try await server.token())"]
        )
        for (name, value) in fields { head.headerFields.append(HTTPField(name: .named(name), value: value)) }
        let request = IncomingRequest(head: head, address: peer, body: Array(#"{"name":"n"}"#.utf8))
        #expect(await server.responder.respond(to: request).status == 200)
        return try await server.store.changes(of: server.organization, after: 0, limit: 100)?.last?.author.address
    }

    @Test(arguments: [
        ("10.0.0.0/8", "10.1.2.3", "203.0.113.7", "203.0.113.7"),
        ("10.0.0.0/8", "10.1.2.3", "198.51.100.1, 203.0.113.7, 10.9.9.9", "203.0.113.7"),
        ("10.0.0.0/8", "10.1.2.3", "203.0.113.7:4711", "203.0.113.7"),
        ("::1,fd00::/8", "::1", "[2001:db8::5]:80, fd00::1", "2001:db8::5"),
        ("127.0.0.1", "::ffff:127.0.0.1", "203.0.113.7", "203.0.113.7"),
        ("10.0.0.0/8", "10.1.2.3", "::FFFF:203.0.113.7", "203.0.113.7"),
        ("10.0.0.0/8", "10.1.2.3", "[0:0:0:0:0:ffff:cb00:7107]:80", "203.0.113.7"),
        ("10.0.0.0/8", "::ffff:10.1.2.3", "::ffff:10.0.0.9", "10.0.0.9"),
        ("10.0.0.0/8", "10.1.2.3", "2001:DB8:0:0::5", "2001:db8::5"),
        ("10.0.0.0/8", "10.1.2.3", "10.0.0.9, 10.0.0.8", "10.0.0.9"),
        ("10.0.0.0/8", "10.1.2.3", "203.0.113.7, unknown", "10.1.2.3"),
        ("10.0.0.0/8", "10.1.2.3", "203.0.113.7, , ,,10.0.0.8", "203.0.113.7"),
        ("0.0.0.0/0", "192.0.2.9", "203.0.113.7", "203.0.113.7"),
    ])
    func aTrustedProxyNamesItsClient(_ proxies: String, _ peer: String, _ field: String, _ address: String) async throws
    {
        #expect(try await Self.author(proxies, peer: peer, [("X-Forwarded-For", field)]) == address)
    }

    @Test(arguments: [
        ("", "192.0.2.9"), ("10.0.0.0/8", "11.0.0.1"), ("10.0.0.0/8", "::1"), ("2001:db8::/32,10.0.0.1", "10.0.0.2"),
    ])
    func otherClientsAreNotTrusted(_ proxies: String, _ peer: String) async throws {
        let fields = [("X-Forwarded-For", "203.0.113.7"), ("Forwarded", "for=203.0.113.8")]
        #expect(try await Self.author(proxies, peer: peer, fields) == peer)
    }

    @Test func anIPv4AddressHasOneSpelling() async throws {
        #expect(try await Self.author("", peer: "::ffff:192.0.2.9", []) == "192.0.2.9")
        #expect(try await Self.author("", peer: "192.0.2.9", []) == "192.0.2.9")
        #expect(try await Self.author("", peer: "fe80::1%eth0", []) == "fe80::1%eth0")
    }

    @Test func severalFieldsAreOneList() async throws {
        let fields = [("X-Forwarded-For", "203.0.113.7, 203.0.113.8"), ("X-Forwarded-For", "10.0.0.2")]
        #expect(try await Self.author("10.0.0.0/8", peer: "10.0.0.1", fields) == "203.0.113.8")
    }

    @Test(arguments: [("10.0.0.1", "https"), ("10.0.0.1", "http, HTTPS"), ("10.0.0.1", "wss"), ("192.0.2.1", "https")])
    func theSchemeIsTheProxys(_ peer: String, _ field: String) {
        let fields: HTTPFields = [.named("X-Forwarded-Proto"): field]
        let head = HTTPRequest(method: .get, scheme: "http", authority: "test", path: "/", headerFields: fields)
        let resolved = TrustedProxies("10.0.0.0/8")?.resolve(IncomingRequest(head: head, address: peer))
        #expect(resolved?.scheme == (peer == "192.0.2.1" || field == "wss" ? "http" : "https"))
    }

    @Test(arguments: ["", "10.0.0.0/8", "::1", "10.0.0.1, 192.168.0.0/16,2001:db8::/32", "0.0.0.0/0", "::/0"])
    func listsAreRead(_ text: String) { #expect(TrustedProxies(text) != nil) }

    @Test(arguments: [
        "10.0.0.0/33", "::/129", "10.0.0.0/-1", "10.0.0.0/8/8", "10.0.0.1/8", "a", "10.0.0.0/", "300.1.1.1",
    ])
    func otherTextIsRefused(_ text: String) { #expect(TrustedProxies(text) == nil) }
}
