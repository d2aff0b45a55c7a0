import Foundation
import HTTPTypes
import MessagingSDK
import Synchronization

/// Makes requests through the typed calls of the Swift SDK, and forwards requests without a typed form unchanged.
final class Relay: Sendable {
    private struct Login: Hashable {
        let port: Int
        let token: String
    }

    private let clients = Mutex<[Login: MessagingClient]>([:])
    private let counts = Counts()

    /// The client makes no retries of its own, so that every status is passed on.
    private static let options = {
        var options = ClientOptions()
        options.retries = .never
        return options
    }()

    /// Returns the response to a request. The head's path has the port of the server as its first segment.
    func answer(_ head: HTTPRequest, _ body: [UInt8]) async -> Answer {
        let target = head.path ?? "/"
        if target == "/counts" { return Answer(.ok, counts.json) }
        let parts = target.split(separator: "/", maxSplits: 1)
        guard let port = parts.first.flatMap({ Int($0) }) else { return Answer(.badGateway, "no port") }
        let request = HTTPRequest(
            method: head.method,
            scheme: "http",
            authority: "127.0.0.1:\(port)",
            path: "/" + (parts.dropFirst().first ?? ""),
            headerFields: head.headerFields
        )
        guard let call = Call(request, body) else {
            counts.count(other: request)
            return await forward(request, body)
        }
        do throws(MessagingError) {
            let answer = try await call.typed.make(client(port, request), call)
            counts.count(typed: call.typed.operation.id)
            return answer
        } catch {
            if error.reason == .invalidRequest {
                counts.count(plain: Inexpressible(rawValue: error.message) ?? .refused)
                return await forward(request, body)
            }
            counts.count(typed: call.typed.operation.id)
            return Answer(error)
        }
    }

    private func client(_ port: Int, _ request: HTTPRequest) throws(MessagingError) -> MessagingClient {
        let parts = (request.headerFields[.authorization] ?? "").split(separator: " ")
        guard parts.count == 2, parts[0] == "Bearer", let url = URL(string: "http://127.0.0.1:\(port)") else {
            throw MessagingError(.noToken)
        }
        let token = String(parts[1])
        return clients.withLock { clients in
            let login = Login(port: port, token: token)
            let client =
                clients[login] ?? MessagingClient(baseURL: url, credentials: .accessToken(token), options: Self.options)
            clients[login] = client
            return client
        }
    }

    private func forward(_ request: HTTPRequest, _ body: [UInt8]) async -> Answer {
        var request = request
        for name in [HTTPField.Name.connection, .contentLength, .transferEncoding, .acceptEncoding] {
            request.headerFields[name] = nil
        }
        do {
            let answer = try await PlatformTransport().send(request, body: body)
            return Answer(forwarding: answer.response, answer.body)
        } catch {
            return Answer(.badGateway, .string("\(error)"))
        }
    }
}
