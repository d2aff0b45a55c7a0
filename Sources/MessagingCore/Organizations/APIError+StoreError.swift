import MessagingContract

extension APIError {
    /// 503 when the store is not available, 500 when what it holds makes no sense.
    init(_ error: StoreError) {
        switch error {
        case .unavailable(let cause): self = .serviceUnavailable.caused(by: cause)
        case .corrupt(let cause): self = .internalServerError.caused(by: cause)
        }
    }
}
