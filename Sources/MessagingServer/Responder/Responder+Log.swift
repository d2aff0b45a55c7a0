import HTTPTypes
import Logging
import MessagingContract
import MessagingCore

extension Responder {
    /// Counts a request that has its response, and logs one line for it.
    func finish(
        _ context: RequestContext,
        _ method: HTTPRequest.Method,
        _ status: Int,
        bytes: Int,
        from address: String?
    ) {
        let microseconds = context.start.duration(to: surroundings.instant()).microseconds
        let counter = context.route?.counter ?? metrics.others
        counter.count(status: status, seconds: Double(microseconds) / 1_000_000)
        if logger.logLevel > .info { return }
        let line = RequestLine(
            method: method.rawValue,
            operation: context.route?.id,
            path: context.route?.path,
            status: status,
            microseconds: microseconds,
            bytes: bytes,
            reason: context.reason,
            organization: context.caller?.organizationID ?? context.note?.client?.organization,
            client: context.caller?.clientID ?? context.note?.client?.client,
            address: address,
            contextID: context.contextID
        )
        if let requestLog { requestLog(line) } else { logger.info("\(RequestLine.message)", metadata: line.metadata) }
    }

    /// Logs one line for input that did not become a request.
    func log(_ refusal: Refusal, address: String?, _ contextID: String) {
        logger.info(
            "Refused a request",
            metadata: [
                "status": .stringConvertible(refusal.error.status), "reason": .string(refusal.error.code),
                "address": .string(address ?? ""), "context_id": .string(contextID),
            ]
        )
    }

    /// Logs an error of the server with its cause, which the response to the caller does not contain.
    func log(_ error: APIError, _ contextID: String) {
        guard error.status >= 500 || error.cause != nil else { return }
        logger.error(
            "\(error.message)",
            metadata: [
                "context_id": "\(contextID)", "status": "\(error.status)", "cause": "\(error.cause ?? "unknown")",
            ]
        )
    }
}
