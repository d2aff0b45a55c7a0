import MessagingContract

/// Whoever waits for the body of a connection's present request.
enum BodyWaiter {
    case nobody
    /// The closure gets the whole body, or the error that ends it.
    case whole(BodyCollector, (Result<[UInt8], APIError>) -> Void)
    /// The closure gets the next piece, nil at the end, or the error that ends the body.
    case piece(limit: Int, (Result<[UInt8]?, APIError>) -> Void)
}
