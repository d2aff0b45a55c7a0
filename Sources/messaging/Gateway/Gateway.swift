import Foundation
import HTTPTypes
import HummingbirdCore
import Logging
import MessagingFiles
import MessagingSDK
import NIOCore
import NIOPosix

/// A gateway on the loopback address that passes requests on to a host and records them. It has the credentials of the host, and a password of
/// its own that the recorded command gets, since other users of the machine can connect to it.
struct Gateway: Sendable {
    /// The client of the host.
    let client: MessagingClient
    /// The file.
    let recording: Recording
    /// Whether requests that change something are passed on.
    let allowsWrites: Bool
    /// The token and the client secret that a request must have.
    let password: String

    /// The largest body of a request, in bytes.
    private static let largestBody = 16 << 20

    /// Serves on a free port while `body` runs, which gets the port.
    func serve<Result: Sendable>(_ body: @escaping @Sendable (Int) async throws -> Result) async throws -> Result {
        let (ports, port) = AsyncStream<Int>.makeStream()
        let server = Server(
            childChannelSetup: HTTP1Channel(responder: { request, writer, _ in
                let content = try await request.body.collect(upTo: Self.largestBody)
                let (head, body) = await respond(to: request.head, Array(content.readableBytesView))
                try await writer.write(response: head, body: ResponseBody(byteBuffer: ByteBuffer(bytes: body)))
            }),
            configuration: ServerConfiguration(address: .hostname("127.0.0.1", port: 0)),
            onServerRunning: { channel in port.yield(channel.localAddress?.port ?? 0) },
            eventLoopGroup: MultiThreadedEventLoopGroup.singleton,
            logger: Logger(label: "messaging") { _ in SwiftLogNoOpLogHandler() }
        )
        return try await withThrowingTaskGroup(of: Result?.self) { group in
            group.addTask {
                try await server.run()
                return nil
            }
            group.addTask {
                for await port in ports { return try await body(port) }
                return nil
            }
            defer { group.cancelAll() }
            while let result = try await group.next() {
                if let result { return result }
            }
            throw Failure(.failed, "no.port", "the gateway could not listen on 127.0.0.1")
        }
    }

    private func respond(to request: HTTPRequest, _ body: [UInt8]) async -> (HTTPResponse, [UInt8]) {
        let path = request.path ?? "/"
        await recording.noteCall()
        if path == "/oauth/token" || path == "/token" { return token(request) }
        guard request.headerFields[.authorization] == "Bearer \(password)" else {
            return await refuse(401, "the request lacks the token that messaging record gave to the command")
        }
        guard path.hasPrefix("/api/v2/") else { return await refuse(404, "messaging record passes on only /api/v2") }
        guard allowsWrites || request.method == .get || request.method == .head else {
            return await refuse(403, "messaging record passes on reads only; --allow-writes passes on all")
        }
        return await forward(request, path, body)
    }

    /// Issues the password as a token to a client that has it as its secret.
    private func token(_ request: HTTPRequest) -> (HTTPResponse, [UInt8]) {
        let field = (request.headerFields[.authorization] ?? "").split(separator: " ").last.map(String.init)
        let login = field.flatMap { Data(base64Encoded: $0) }.map { String(decoding: $0, as: UTF8.self) }
        guard login?.hasSuffix(":\(password)") == true else {
            return Self.response(401, ["error": "invalid_client"])
        }
        return Self.response(
            200,
            ["access_token": .string(password), "token_type": "bearer", "expires_in": .number(JSON.Number(86_400))]
        )
    }

    private func forward(_ request: HTTPRequest, _ path: String, _ body: [UInt8]) async -> (HTTPResponse, [UInt8]) {
        var headers: HTTPFields = [.accept: request.headerFields[.accept] ?? "*/*"]
        headers[.ifNoneMatch] = request.headerFields[.ifNoneMatch]
        if client.host.honorsIdempotencyKeys { headers[.ifMatch] = request.headerFields[.ifMatch] }
        let options = CallOptions(
            headers: headers,
            idempotencyKey: key(request),
            retries: .never
        )
        let start = ContinuousClock.now
        let metadata: ResponseMetadata
        do {
            metadata = try await client.call(request.method, path, body: body.isEmpty ? nil : body, options: options)
        } catch {
            guard let response = error.metadata else {
                return Self.response(502, ["message": .string(Failure(error).message), "code": "bad.gateway"])
            }
            metadata = response
        }
        let time = ContinuousClock.now - start
        var exchange = RecordedExchange(
            method: request.method.rawValue,
            path: path,
            request: body.isEmpty ? nil : try? JSON(parsing: body),
            status: metadata.status,
            response: metadata.json,
            milliseconds: Int(time / .milliseconds(1))
        )
        for field in metadata.headers where RecordedExchange.keptHeaders.contains(field.name.canonicalName) {
            exchange.headers[field.name.canonicalName] = field.value
        }
        do {
            try await recording.add(exchange)
        } catch {
            return Self.response(502, ["message": "the recording could not be written", "code": "bad.gateway"])
        }
        var fields = metadata.headers
        for name in [HTTPField.Name.connection, .transferEncoding, .contentEncoding, .contentLength, .setCookie] {
            fields[name] = nil
        }
        if metadata.status != 204, metadata.status != 304 { fields[.contentLength] = "\(metadata.body.count)" }
        return (HTTPResponse(status: .init(code: metadata.status), headerFields: fields), metadata.body)
    }

    /// Returns the idempotency key of a request for a host that honors it.
    private func key(_ request: HTTPRequest) -> String? {
        guard client.host.honorsIdempotencyKeys else { return nil }
        return HTTPField.Name("Idempotency-Key").flatMap { request.headerFields[$0] }
    }

    private func refuse(_ status: Int, _ message: String) async -> (HTTPResponse, [UInt8]) {
        await recording.refuse()
        return Self.response(
            status,
            ["message": .string(message), "code": "not.recorded", "status": .number(JSON.Number(status))]
        )
    }

    private static func response(_ status: Int, _ json: JSON) -> (HTTPResponse, [UInt8]) {
        let body = json.bytes
        let fields: HTTPFields = [.contentType: "application/json", .contentLength: "\(body.count)"]
        return (HTTPResponse(status: .init(code: status), headerFields: fields), body)
    }
}
