import HTTPTypes
import MessagingContract
import Testing

@testable import MessagingServer

extension Edge {
    /// The reason phrase of each status line (RFC 9112, section 4).
    @Suite struct ReasonPhraseTests {
        @Test(arguments: [
            ("GET /health/live HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n", 200, "OK"),
            ("OPTIONS * HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n", 204, "No Content"),
            ("GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n", 303, "See Other"),
            ("GET /api/v2/users/me HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n", 401, "Unauthorized"),
            ("GET /nothing HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n", 404, "Not Found"),
            ("HEAD /nothing HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n", 404, "Not Found"),
            (
                "PUT /health/live HTTP/1.1\r\nHost: a\r\nConnection: close\r\nContent-Length: 0\r\n\r\n", 405,
                "Method Not Allowed"
            ),
            (
                "POST /oauth/token HTTP/1.1\r\nHost: a\r\nConnection: close\r\nContent-Length: 1\r\n\r\nx", 415,
                "Unsupported Media Type"
            ),
            ("GET / HTTP/2.0\r\n\r\n", 400, "Bad Request"),
            ("GET / HTTP/1.1\r\n\r\n", 400, "Bad Request"),
            ("GET /\(String(repeating: "x", count: 9_000)) HTTP/1.1\r\n\r\n", 414, "URI Too Long"),
            (
                "GET / HTTP/1.1\r\nX: \(String(repeating: "x", count: 17_000))\r\n\r\n", 431,
                "Request Header Fields Too Large"
            ),
        ])
        func aStatusLineHasTheReasonPhraseOfItsStatus(_ request: String, _ status: Int, _ reason: String) async throws {
            try await ListeningServer.run { server in
                let client = try await server.connect()
                try await client.send(request)
                let line = await client.rest().prefix { $0 != "\r\n" }
                #expect(line == "HTTP/1.1 \(status) \(reason)")
            }
        }

        @Test func everyStatusInTheDocumentHasAPhrase() {
            let operations = OpenAPI.document["paths"]?.object?.members.flatMap { $0.value.object?.members ?? [] } ?? []
            let statuses = Set(operations.flatMap { $0.value["responses"]?.object?.members.map(\.name) ?? [] })
            #expect(statuses.count > 10)
            for status in statuses {
                let code = Int(status) ?? 0
                #expect(!"\(HTTPResponse.Status(code: code).registeredPhrase)".isEmpty, "\(status)")
            }
        }

        /// Statuses of responses that no operation makes, statuses that the registry has renamed, and one that is not registered.
        @Test(arguments: [
            (408, "Request Timeout"), (413, "Content Too Large"), (422, "Unprocessable Content"),
            (429, "Too Many Requests"), (500, "Internal Server Error"), (503, "Service Unavailable"), (599, ""),
        ])
        func aPhraseIsThatOfTheRegistry(_ code: Int, _ phrase: String) {
            #expect("\(HTTPResponse.Status(code: code).registeredPhrase)" == phrase)
        }
    }
}
