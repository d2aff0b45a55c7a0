import HTTPTypes
import MessagingContract
import MessagingServer
import Testing

/// Bodies that are not plain UTF-8 by their header fields.
@Suite struct ContentCodingTests {
    private static let reading = APIOperation.all.filter { $0.body != .none }

    /// The response of the operation to its example as the body.
    private static func send(
        _ operation: APIOperation,
        _ parameter: String = "",
        _ fields: HTTPFields = [:]
    ) async throws -> OutgoingResponse {
        let server = try await TestServer()
        let type = try #require(operation.body.mediaTypes.first)
        var fields = fields
        fields[.contentType] = type + parameter
        return await server.send(
            operation.method,
            operation.target(["x"]),
            token: try await server.token(),
            fields: fields,
            body: "{}"
        )
    }

    private static func isRefused(_ answer: OutgoingResponse, _ operation: APIOperation) -> Bool {
        let isForm = if case .form = operation.body { true } else { false }
        let code = isForm ? answer.json?["error"]?.string : answer.code
        return answer.status == 415 && code == (isForm ? "invalid_request" : "unsupported.media.type")
    }

    @Test(arguments: reading) func aContentCodingIs415AndTheAcceptedOneIsNamed(_ operation: APIOperation)
        async throws
    {
        for coding in ["gzip", "GZIP", "br", "x-nonsense", "gzip, identity", "identity,deflate"] {
            let answer = try await Self.send(operation, "", [.contentEncoding: coding])
            #expect(Self.isRefused(answer, operation), "\(coding)")
            #expect(answer.fields[.acceptEncoding] == "identity")
        }
        for coding in ["identity", "IDENTITY", "identity, identity", " ,", ""] {
            let answer = try await Self.send(operation, "", [.contentEncoding: coding])
            #expect(answer.status != 415, "\(coding)")
            #expect(answer.fields[.acceptEncoding] == nil)
        }
    }

    @Test(arguments: reading) func anotherCharsetThanUTF8Is415(_ operation: APIOperation) async throws {
        for parameter in [
            "; charset=utf-16", ";charset=ISO-8859-1", "; CHARSET=\"windows-1252\"", "; charset=", "; charset=\"\"",
            "; charset=utf-8; charset=latin1", "; x=\"a;b\"; charset=latin1", "; charset=utf-8x", "; charset = utf-7",
        ] {
            let answer = try await Self.send(operation, parameter)
            #expect(Self.isRefused(answer, operation), "\(parameter)")
            #expect(answer.fields[.acceptEncoding] == nil)
        }
        for parameter in [
            "; charset=utf-8", ";charset=UTF-8", "; Charset=\"Utf-8\"", "; charset=\"utf\\-8\"", ";charset=us-ascii",
            "; charset=utf8", ";", "; header=present", "; x=\"; charset=latin1\"", "; x=\"\\\"; charset=latin1\"",
        ] {
            #expect(try await Self.send(operation, parameter).status != 415, "\(parameter)")
        }
    }

    @Test func anOperationWithoutABodyIgnoresBoth() async throws {
        let server = try await TestServer()
        let fields: HTTPFields = [.contentEncoding: "gzip", .contentType: "application/json; charset=utf-16"]
        for method in [HTTPRequest.Method.get, .head] {
            let answer = await server.send(method, "/api/v2/users/me", token: try await server.token(), fields: fields)
            #expect(answer.status == 200)
        }
    }
}
