public import Logging
import MessagingContract

/// The log line of a request that has its response. It contains nothing that the client chose except its method and, behind a trusted
/// proxy, its address.
public struct RequestLine: Sendable {
    /// Takes a line in.
    public typealias Log = @Sendable (RequestLine) -> Void

    /// The method.
    public let method: String
    /// The name of the operation; nil when there is none.
    public let operation: String?
    /// The path of the operation, with its holes in braces; nil when there is none.
    public let path: String?
    /// The status of the answer.
    public let status: Int
    /// The microseconds from the head of the request to its answer.
    public let microseconds: Int
    /// The bytes of the answer's body.
    public let bytes: Int
    /// The code of the error that it was refused with; nil when it was not refused.
    public let reason: String?
    /// The organization of the caller, or of the client that authenticated or tried to; nil when it is not known.
    public let organization: String?
    /// The client of the caller, or the one that authenticated or tried to, which is `unknown` when no client has the id; nil when the
    /// request named none.
    public let client: String?
    /// The network address of the client; nil when there is none.
    public let address: String?
    /// The correlation id.
    public let contextID: String

    /// The line as a message with metadata.
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
    /// Whole microseconds.
    var microseconds: Int { Int(components.seconds) * 1_000_000 + Int(components.attoseconds / 1_000_000_000_000) }
}
