import HTTPTypes
import MessagingContract
import NIOCore

/// The requests of a connection, one after the other, each with its body. The task that received a request reads its body.
final class RequestStream: @unchecked Sendable {  // Only the task of its connection uses it.
    private var iterator: NIOAsyncChannelInboundStream<RequestPart>.AsyncIterator
    private let outbound: NIOAsyncChannelOutboundWriter<AnswerPart>
    private var left: Int? = 0
    private var count = 0
    private var isAtEnd = true
    private var expectsContinue = false
    private var isRefused = false
    private var isStream = false
    private var memory: BodyMemory

    init(
        _ inbound: NIOAsyncChannelInboundStream<RequestPart>,
        _ outbound: NIOAsyncChannelOutboundWriter<AnswerPart>,
        _ memory: BodyMemory
    ) {
        iterator = inbound.makeAsyncIterator()
        self.outbound = outbound
        self.memory = memory
    }

    deinit { memory.release() }

    /// Returns the next request or the refusal in its place, or nil if no more follow.
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
        count = 0
        isAtEnd = false
        isStream = false
        expectsContinue = left != 0 && head.headerFields[.expect]?.lowercased() == "100-continue"
        return head
    }

    /// Reads the next piece of the present request's body. Returns nil at its end. Without an owner the body is read as a stream.
    ///
    /// Throws:
    /// - a 413 as soon as the body is known to be over the limit,
    /// - a 503 if there is no memory for the body,
    /// - the error with which the connection is refused.
    func piece(limit: Int, of owner: BodyOwner?) async throws(APIError) -> [UInt8]? {
        if let left, left > limit - count { throw .tooLarge(limit: limit) }
        if let owner, let left, left > 0 { try memory.check(left, of: owner) }
        do {
            if owner == nil, !isStream {
                isStream = true
                try await outbound.write(.streaming)
            }
            if expectsContinue {
                expectsContinue = false
                try await outbound.write(.interim(.continue, [:]))
            }
            while !isAtEnd {
                switch try await iterator.next() {
                case .body(let buffer):
                    left = left.map { $0 - buffer.readableBytes }
                    if buffer.readableBytes > limit - count { throw APIError.tooLarge(limit: limit) }
                    count += buffer.readableBytes
                    if let owner { try memory.take(buffer.readableBytes, of: owner) }
                    if buffer.readableBytes > 0 { return Array(buffer.readableBytesView) }
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
        return nil
    }

    /// Notes that the present request has its response, and that its body is not in memory any more.
    func releaseBody() { memory.release() }

    /// Returns whether the next request can be reached by dropping at most `limit` bytes of the present body.
    func canContinue(droppingAtMost limit: Int) -> Bool {
        if isRefused { return false }
        if isAtEnd || left == 0 { return true }
        return !expectsContinue && (left ?? .max) <= limit
    }
}
