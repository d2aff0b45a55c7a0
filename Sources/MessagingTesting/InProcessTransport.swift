import HTTPTypes
import MessagingCore
import MessagingSDK
import MessagingServer

/// A transport to a server in the same process.
struct InProcessTransport: Transport {
    let responder: Responder
    /// The running effects of the server's commits.
    let effects: RunningEffects

    func send(
        _ request: HTTPRequest,
        body: [UInt8]
    ) async throws(TransportError) -> (response: HTTPResponse, body: [UInt8]) {
        if Task.isCancelled { throw .cancelled }
        let answer = await responder.respond(to: IncomingRequest(head: request, body: body))
        if Task.isCancelled { throw .cancelled }
        let body = request.method == .head ? nil : answer.body
        return (HTTPResponse(status: answer.status, headerFields: answer.fields), body ?? [])
    }
}
