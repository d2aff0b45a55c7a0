import MessagingContract

extension APIError {
    /// Creates a 503 if the store is not available, and a 500 if its data is corrupt.
    init(_ error: StoreError) {
        switch error {
        case .unavailable(let cause): self = .serviceUnavailable.caused(by: cause)
        case .corrupt(let cause): self = .internalServerError.caused(by: cause)
        }
    }
}
