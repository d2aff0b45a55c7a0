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

extension APIError {
    /// Runs work of the store. Throws the error of the API that stands for the store's.
    static func fromStore<Result>(
        isolation: isolated (any Actor)? = #isolation,
        _ work: () async throws(StoreError) -> Result
    ) async throws(APIError) -> Result {
        do {
            return try await work()
        } catch {
            throw APIError(error)
        }
    }
}
