import HTTPTypes
import MessagingContract
import Testing

@testable import MessagingServer

/// The spellings of a path that lead to an operation. A proxy's rule for a path must hold for the server too.
@Suite struct PathTests {
    private static let settings = "/api/v2/conversations/messaging/settings"

    /// Returns the path with one letter of a segment written as an escape, for each segment that is neither a parameter nor `default`,
    /// which is in the place of a parameter.
    private static func escapedSpellings(of path: String) -> [String] {
        let segments = path.split(separator: "/").map(String.init)
        return segments.indices.filter { !segments[$0].hasPrefix("{") && segments[$0] != "default" }.flatMap { index in
            let first = segments[index].utf8.first ?? 0
            return [String(first, radix: 16), "25" + String(first, radix: 16)].map { digits in
                var escaped = segments
                escaped[index] = "%\(digits)" + escaped[index].dropFirst()
                return "/" + escaped.map { $0.hasPrefix("{") ? "x" : $0 }.joined(separator: "/")
            }
        }
    }

    @Test(arguments: Way.allCases) func anEscapeInALiteralSegmentIsNotFound(_ way: Way) async throws {
        let server = try await TestServer(way: way)
        let token = try await server.token()
        for operation in APIOperation.all {
            for target in Self.escapedSpellings(of: operation.path) {
                let response = await server.send(operation.method, target, token: token)
                #expect(response.status == 404, "\(operation.method) \(target)")
            }
        }
    }

    @Test(arguments: Way.allCases) func aParameterIsDecodedOnce(_ way: Way) async throws {
        let server = try await TestServer(way: way)
        let token = try await server.token()
        let created = await server.send(.post, Self.settings, token: token, body: #"{"name":"n"}"#)
        let id = try created.decoded(MessagingSetting.self).id
        let first = String(id.utf8.first ?? 0, radix: 16)
        for (spelling, status) in [
            (id, 200), ("%\(first)\(id.dropFirst())", 200), ("%25\(first)\(id.dropFirst())", 404),
            ("%2525\(first)\(id.dropFirst())", 404), ("\(id)%2F", 404), ("x%2F..%2F\(id)", 404),
            ("%2E%2E%2F\(id)", 404), ("x/../\(id)", 404), ("./\(id)", 404), ("%2e/\(id)", 404), ("%2F\(id)", 404),
            ("/\(id)", 404),
            ("\(id)%00", 404), ("\(id)%", 404), ("\(id)%zz", 404), ("\(id)+", 404), ("\(id);x", 404),
        ] {
            let response = await server.send(.get, "\(Self.settings)/\(spelling)", token: token)
            #expect(response.status.code == status, "\(spelling)")
        }
    }

    /// `default` is the name of another operation in the same place, which only its own spelling reaches.
    @Test(arguments: Way.allCases) func anEscapedLiteralInThePlaceOfAParameterIsAParameter(_ way: Way) async throws {
        let server = try await TestServer(way: way)
        let token = try await server.token()
        #expect(await server.send(.get, "\(Self.settings)/default", token: token).status == 204)
        #expect(await server.send(.get, "\(Self.settings)/%64efault", token: token).code == "not.found")
    }

    @Test(arguments: ["/%6Fauth/token", "/oaut%68/token", "/oauth%2Ftoken", "//oauth/token", "/./oauth/token"])
    func anotherSpellingOfTheTokenEndpointIsNotFound(_ target: String) async throws {
        let server = try await TestServer()
        let response = await server.post("grant_type=client_credentials", to: target)
        #expect((response.status, response.code) == (404, "not.found"))
    }
}
