import MessagingContract
import MessagingCore
import MessagingSQLite
import Testing

@Suite struct TokenFormTests {
    /// A token that some other server has issued: well-formed, and unknown here.
    private static func foreignToken() async throws -> String {
        let organizations = Organizations(store: try SQLiteStore.inMemory())
        let registration = ClientRegistration(name: "theirs")
        _ = try await organizations.create(name: "Theirs", with: registration, by: .sample())
        let identity = Identity(organizations: organizations, lifetime: 60)
        let client = try await identity.client([(registration.client.id, registration.secret)], from: nil)
        return try await identity.issueToken(to: client, scope: nil).access_token
    }

    @Test func onlyWellFormedTokensAreLookedUp() async throws {
        let store = InterceptedStore(try SQLiteStore.inMemory())
        let identity = Identity(organizations: Organizations(store: store), lifetime: 60)
        let token = try await Self.foreignToken()
        #expect(token.wholeMatch(of: /[0-9a-f]{72}/) != nil)

        let flipped = (0..<72).map { index in
            var digits = Array(token)
            digits[index] = digits[index] == "0" ? "1" : "0"
            return String(digits)
        }
        let cut = (0..<72).map { String(token.prefix($0)) }
        let others = [
            token.uppercased() == token ? "" : token.uppercased(), token + "0", token + token, "\(token) ", " \(token)",
            "\(token)\n", String(repeating: "0", count: 72), String(repeating: "f", count: 64), "garbage", "\0",
            String(repeating: "ü", count: 36), String(repeating: "𝟘", count: 18), "０\(token.dropFirst())",
            "\u{FEFF}\(token)", String(repeating: "a", count: 1 << 20), "eyJhbGciOiJub25lIn0.e30.",
        ]
        for text in flipped + cut + others {
            let error = await #expect(throws: APIError.self) { try await identity.authenticate(text) }
            #expect(error == .badCredentials)
        }
        #expect(store.accesses == [:])

        let error = await #expect(throws: APIError.self) { try await identity.authenticate(token) }
        #expect(error == .badCredentials)
        #expect(store.accesses == ["token(digest:)": 1])
    }
}
