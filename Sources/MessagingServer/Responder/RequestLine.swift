public import Logging
import MessagingContract

/// The log line of a handled request. It contains no text that the client chose except its method and, behind a trusted proxy, its
/// address.
public struct RequestLine: Sendable {
    /// A closure that logs a line.
    public typealias Log = @Sendable (RequestLine) -> Void

    /// The method.
    public let method: String
    /// The name of the operation; nil if there is none.
    public let operation: String?
    /// The path of the operation, with its path parameters in braces; nil if there is none.
    public let path: String?
    /// The status of the response.
    public let status: Int
    /// The number of microseconds from the head of the request to its response.
    public let microseconds: Int
    /// The number of bytes in the response's body.
    public let bytes: Int
    /// The code of the error in the response; nil if the request was not refused.
    public let reason: String?
    /// The organization of the caller, or of the client that authenticated or tried to; nil if it is unknown.
    public let organization: String?
    /// The client of the caller, or the client that authenticated or tried to. It is `unknown` if no client has the id, and nil if the
    /// request named none.
    public let client: String?
    /// The network address of the client; nil if there is none.
    public let address: String?
    /// The correlation id.
    public let contextID: String

    /// The values of the line as metadata of the logger.
    public var metadata: Logger.Metadata {
        var metadata: Logger.Metadata = [
            "method": .string(method), "status": .stringConvertible(status), "bytes": .stringConvertible(bytes),
            "duration_ms": .stringConvertible(Double(microseconds) / 1_000), "context_id": .string(contextID),
        ]
        if let address { metadata["address"] = .string(address) }
        if let operation { metadata["operation"] = .string(operation) }
        if let path { metadata["path"] = .string(path) }
        if let reason { metadata["reason"] = .string(reason) }
        if let organization { metadata["organization"] = .string(organization) }
        if let client { metadata["client"] = .string(client) }
        return metadata
    }

    /// The message of all such lines.
    public static let message = "request"
}

extension Duration {
    /// The duration in whole microseconds.
    var microseconds: Int { Int(components.seconds) * 1_000_000 + Int(components.attoseconds / 1_000_000_000_000) }
}
