package import HTTPTypes
import MessagingContract
import NIOCore

extension IncomingRequest {
    /// Sends the interim response 102 (Processing) with these header fields if the client requests it with `Prefer: progress`.
    /// Sends nothing to a client of HTTP/1.0.
    ///
    /// Throws if the client has closed the connection, also without that preference.
    package func reportProgress(_ fields: HTTPFields = [:]) async throws {
        guard let connection else { return }
        if prefersProgress {
            try await connection.sendInterim(Self.processing, fields)
        } else if !connection.isOpen {
            throw ChannelError.ioOnClosedChannel
        }
    }

    private var prefersProgress: Bool {
        values(of: .prefer).contains { field in
            field.split(separator: ",").contains { $0.filter { $0 != " " }.lowercased() == "progress" }
        }
    }

    private static let processing = HTTPResponse.Status(code: 102, reasonPhrase: "Processing")
}
