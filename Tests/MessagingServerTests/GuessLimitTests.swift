import Foundation
import HTTPTypes
import MessagingContract
import MessagingCore
import MessagingServer
import Testing

/// A client that shows a wrong secret too often, at each place where a client authenticates.
@Suite struct GuessLimitTests {
    static let places: [(path: String, form: String)] = [
        ("/oauth/token", "grant_type=client_credentials"), ("/oauth/revoke", "token=unknown"),
    ]

    private func fail(_ times: Int, _ server: TestServer, _ id: String, at place: (path: String, form: String)) async {
        for _ in 0..<times {
            #expect(await server.post(place.form, to: place.path, basic: (id, "wrong")).status == 401)
        }
    }

    @Test(arguments: places)
    func aGuessingAddressIsLockedOutUntilTheMinuteEnds(_ place: (path: String, form: String)) async throws {
        let clock = TestServer.Clock()
        let server = try await TestServer(clock: clock)
        let right = (server.client.client.id, server.client.secret)
        await fail(5, server, right.0, at: place)
        clock.advance(by: 50)
        await fail(5, server, right.0, at: place)
        for basic in [right, (right.0, "wrong")] {
            let answer = await server.post(place.form, to: place.path, basic: basic)
            #expect((answer.status, answer.json?["error"]) == (429, "invalid_request"))
            #expect(answer.json?["description"]?.string?.hasPrefix("rate limit exceeded;") == true)
            #expect(answer.json?["description"] == answer.json?["error_description"])
            #expect(answer.fields[.retryAfter] == "10")
        }
        let inTheForm = "\(place.form)&client_id=\(right.0)&client_secret=\(right.1)"
        #expect(await server.post(inTheForm, to: place.path).status == 429)
        for other in Self.places {
            #expect(await server.post(other.form, to: other.path, basic: right).status == 429)
        }
        clock.advance(by: 9)
        #expect(await server.post(place.form, to: place.path, basic: right).fields[.retryAfter] == "1")
        clock.advance(by: 1)
        #expect(await server.post(place.form, to: place.path, basic: right).status == 200)
    }

    @Test func othersAreNotLockedOut() async throws {
        let server = try await TestServer()
        let neighbour = ClientRegistration(name: "neighbour")
        try await server.organizations.register(neighbour, in: server.organization, by: .test)
        let (path, form) = Self.places[0]
        let right = (server.client.client.id, server.client.secret)
        await fail(10, server, right.0, at: (path, form))
        #expect(await server.post(form, basic: right).status == 429)
        #expect(await server.post(form, basic: right, from: "192.0.2.2").status == 200)
        #expect(await server.post(form, basic: (neighbour.client.id, neighbour.secret)).status == 200)
        #expect(await server.post(form, basic: right).status == 429)
    }

    /// A server that listens on `::` sees IPv4 clients at addresses that are mapped to IPv6.
    @Test(arguments: [
        ("2001:db8::1", "2001:db8::ffff:1", 429), ("2001:db8:0:0::1", "2001:db8:0:1::1", 200),
        ("::ffff:192.0.2.1", "::ffff:192.0.2.2", 200), ("::ffff:192.0.2.1", "192.0.2.1", 429),
        ("::1", "192.0.2.1", 200),
    ])
    func anIPv6NetworkCountsAsOneAddress(_ guesser: String, _ other: String, _ status: Int) async throws {
        let server = try await TestServer()
        let form = Self.places[0].form
        let right = (server.client.client.id, server.client.secret)
        for _ in 0..<10 {
            #expect(await server.post(form, basic: (right.0, "wrong"), from: guesser).status == 401)
        }
        #expect(await server.post(form, basic: right, from: guesser).status == 429)
        #expect(await server.post(form, basic: right, from: other).status.code == status)
    }

    @Test func aSuccessForgetsTheFailuresBeforeIt() async throws {
        let server = try await TestServer()
        let right = (server.client.client.id, server.client.secret)
        for _ in 0..<3 {
            await fail(9, server, right.0, at: Self.places[0])
            #expect(await server.post(Self.places[0].form, basic: right).status == 200)
        }
        await fail(10, server, right.0, at: Self.places[0])
        #expect(await server.post(Self.places[0].form, basic: right).status == 429)
    }

    @Test func anUnknownClientIsLockedOutLikeAKnownOne() async throws {
        let server = try await TestServer()
        for id in [server.client.client.id, "nobody", String(repeating: "x", count: 8_000)] {
            await fail(10, server, id, at: Self.places[0])
            #expect(await server.post(Self.places[0].form, basic: (id, "wrong")).status == 429)
        }
    }

    @Test func anotherSpellingOfAnIDIsTheSameClient() async throws {
        let server = try await TestServer()
        let (id, secret) = (server.client.client.id, server.client.secret)
        let encoded = id.utf8.enumerated().map { index, byte in
            "%" + String(byte, radix: 16) + id.utf8.dropFirst(index + 1).map { String(Unicode.Scalar($0)) }.joined()
        }
        for number in 0..<10 {
            let written = String(id.prefix(number)) + encoded[number]
            #expect(await server.post(Self.places[0].form, basic: (written, "wrong")).status == 401)
        }
        #expect(await server.post(Self.places[0].form, basic: (id, secret)).status == 429)
    }

    @Test func aRequestWithoutASecretIsNoGuess() async throws {
        let server = try await TestServer()
        for _ in 0..<20 {
            let form = "grant_type=client_credentials&client_id=\(server.client.client.id)"
            #expect(await server.post(form).status == 401)
        }
        let right = (server.client.client.id, server.client.secret)
        #expect(await server.post(Self.places[0].form, basic: right).status == 200)
    }
}
