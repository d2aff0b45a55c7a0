import HTTPTypes
import MessagingContract
import NIOCore

/// The requests of one connection, one after the other, each with its body. A body is read by the task that asked for its request.
final class RequestStream: @unchecked Sendable {  // only the task of its connection uses it
    private var iterator: NIOAsyncChannelInboundStream<RequestPart>.AsyncIterator
    private let outbound: NIOAsyncChannelOutboundWriter<AnswerPart>
    private var left: Int? = 0
    private var isAtEnd = true
    private var isAwaitedWith100 = false
    private var isRefused = false

    init(
        _ inbound: NIOAsyncChannelInboundStream<RequestPart>,
        _ outbound: NIOAsyncChannelOutboundWriter<AnswerPart>
    ) {
        iterator = inbound.makeAsyncIterator()
        self.outbound = outbound
    }

    /// The next request, or the refusal in its place; nil when no more come.
    func next() async throws -> Result<HTTPRequest, Refusal>? {
        while let part = try await iterator.next() {
            switch part {
            case .head(let head, .known(let length)): return .success(begin(head, left: length))
            case .head(let head, .chunked): return .success(begin(head, left: nil))
            case .refused(let refusal): return isAtEnd ? .failure(refusal) : nil
            case .end: isAtEnd = true
            case .body: break
            }
        }
        return nil
    }

    private func begin(_ head: HTTPRequest, left: Int?) -> HTTPRequest {
        self.left = left
        isAtEnd = false
        isAwaitedWith100 = left != 0 && head.headerFields[.expect]?.lowercased() == "100-continue"
        return head
    }

    /// Reads the whole body of the present request. Throws 413 for one over the limit, as early as that is known, and what the
    /// connection is refused with.
    func body(limit: Int) async throws(APIError) -> [UInt8] {
        if let left, left > limit { throw .tooLarge(limit: limit) }
        var bytes: [UInt8] = []
        do {
            if isAwaitedWith100 {
                isAwaitedWith100 = false
                try await outbound.write(.proceed)
            }
            while !isAtEnd {
                switch try await iterator.next() {
                case .body(let buffer):
                    left = left.map { $0 - buffer.readableBytes }
                    if buffer.readableBytes > limit - bytes.count { throw APIError.tooLarge(limit: limit) }
                    bytes += buffer.readableBytesView
                case .end:
                    isAtEnd = true
                case .refused(let refusal):
                    isRefused = true
                    throw refusal.error
                case .head, nil:
                    isRefused = true
                    throw APIError.malformed("its body is not complete")
                }
            }
        } catch let error as APIError {
            throw error
        } catch {
            isRefused = true
            throw .malformed("its body could not be read")
        }
        return bytes
    }

    /// Whether the next request can be reached by dropping at most `limit` bytes of the present one's body.
    func canGoOn(droppingAtMost limit: Int) -> Bool {
        if isRefused { return false }
        if isAtEnd || left == 0 { return true }
        return !isAwaitedWith100 && (left ?? .max) <= limit
    }
}
