import HTTPTypes
import Logging
import MessagingContract
import MessagingCore

extension Responder {
    /// Counts a request that has its response, and logs one line for it.
    func finish(_ exchange: Exchange, _ response: OutgoingResponse) {
        let microseconds = exchange.start.duration(to: surroundings.instant()).microseconds
        let counter = exchange.route?.counter ?? metrics.others
        let status = response.status.code
        counter.count(status: status, seconds: Double(microseconds) / 1_000_000)
        if logger.logLevel > .info { return }
        let method = exchange.request.method
        let line = RequestLine(
            method: method.rawValue,
            operation: exchange.route?.id,
            path: exchange.route?.path,
            status: status,
            microseconds: microseconds,
            bytes: method == .head ? 0 : response.content.body?.count ?? 0,
            reason: exchange.reason,
            organization: exchange.caller?.organizationID ?? exchange.note?.client?.organization,
            client: exchange.caller?.clientID ?? exchange.note?.client?.client,
            address: exchange.request.address,
            contextID: exchange.contextID
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
