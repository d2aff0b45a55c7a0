import HTTPTypes
import Logging
import MessagingContract
import MessagingCore

extension Responder {
    /// One line for a request that was answered. It has nothing that the client chose but its method and, behind a proxy that is
    /// believed, its address.
    func log(
        _ exchange: Exchange,
        _ method: HTTPRequest.Method,
        _ status: Int,
        _ bytes: Int,
        _ address: String?,
        _ duration: Duration
    ) {
        logger.info("request", metadata: metadata(exchange, method, status, bytes, address, duration))
    }

    /// One line for what did not become a request.
    func log(_ refusal: Refusal, address: String?, _ contextID: String) {
        logger.info(
            "refusal",
            metadata: [
                "status": .stringConvertible(refusal.error.status), "reason": .string(refusal.error.code),
                "address": .string(address ?? ""), "context_id": .string(contextID),
            ]
        )
    }

    /// The cause of an error of the server's, which its caller is not told.
    func log(_ error: APIError, _ contextID: String) {
        guard error.status >= 500 || error.cause != nil else { return }
        logger.error(
            "\(error.message)",
            metadata: [
                "context_id": "\(contextID)", "status": "\(error.status)", "cause": "\(error.cause ?? "unknown")",
            ]
        )
    }

    private func metadata(
        _ exchange: Exchange,
        _ method: HTTPRequest.Method,
        _ status: Int,
        _ bytes: Int,
        _ address: String?,
        _ duration: Duration
    ) -> Logger.Metadata {
        let microseconds = duration / .microseconds(1)
        var metadata: Logger.Metadata = [
            "method": .string(method.rawValue),
            "status": .stringConvertible(status),
            "duration_ms": .stringConvertible((microseconds / 10).rounded() / 100),
            "bytes": .stringConvertible(bytes),
            "context_id": .string(exchange.contextID),
        ]
        if let address { metadata["address"] = .string(address) }
        if let operation = exchange.operation {
            metadata["operation"] = .string(operation.id)
            metadata["path"] = .string(operation.path)
        }
        if let caller = exchange.caller {
            metadata["organization"] = .string(caller.organization.id)
            metadata["client"] = .string(caller.client.id)
        }
        return metadata
    }
}
