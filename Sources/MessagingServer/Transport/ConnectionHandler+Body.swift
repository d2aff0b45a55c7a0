import MessagingContract
import NIOCore

/// The body of the present request.
extension ConnectionHandler {
    /// Reads the whole body. `done` gets it, or the error that ends it.
    func readBody(limit: Int, of owner: BodyOwner, _ done: @escaping (Result<[UInt8], APIError>) -> Void) {
        do throws(APIError) {
            if let bodyError { throw bodyError }
            let collector = try BodyCollector(bodyLength, limit: limit, owner: owner, memory)
            if state.bodyHasEnded { return done(.success([])) }
            bodyWaiter = .whole(collector, done)
        } catch {
            return done(.failure(error))
        }
        wantBody(inPieces: false)
    }

    /// Reads the next piece of the body as it arrives. `done` gets it, nil at the end, or the error that ends the body.
    func readPiece(limit: Int, _ done: @escaping (Result<[UInt8]?, APIError>) -> Void) {
        if let bodyError { return done(.failure(bodyError)) }
        if case .known(let length) = bodyLength, length > limit { return done(.failure(.tooLarge(limit: limit))) }
        if state.bodyHasEnded { return done(.success(nil)) }
        bodyWaiter = .piece(limit: limit, done)
        wantBody(inPieces: true)
    }

    private func wantBody(inPieces: Bool) {
        guard let context else { return bodyFails(.malformed("its body is not complete")) }
        state.wantBody(inPieces: inPieces, at: context.eventLoop.now)
        perform(context)
    }

    func bodyContinues(_ part: ByteBuffer) {
        switch takeBodyWaiter() {
        case .nobody:
            break
        case .whole(var collector, let done):
            do throws(APIError) {
                try collector.add(part, &memory)
                bodyWaiter = .whole(collector, done)
            } catch {
                done(.failure(error))
            }
        case .piece(let limit, let done):
            bodyCount += part.readableBytes
            done(bodyCount > limit ? .failure(.tooLarge(limit: limit)) : .success(Array(part.readableBytesView)))
        }
    }

    func bodyEnds() {
        switch takeBodyWaiter() {
        case .nobody: break
        case .whole(let collector, let done): done(.success(collector.bytes))
        case .piece(_, let done): done(.success(nil))
        }
    }

    func bodyFails(_ error: APIError) {
        bodyError = error
        switch takeBodyWaiter() {
        case .nobody: break
        case .whole(_, let done): done(.failure(error))
        case .piece(_, let done): done(.failure(error))
        }
    }

    private func takeBodyWaiter() -> BodyWaiter {
        defer { bodyWaiter = .nobody }
        return bodyWaiter
    }
}
