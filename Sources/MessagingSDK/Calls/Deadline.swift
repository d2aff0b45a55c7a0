import MessagingContract

/// The time that a call, or an attempt of it, has as a whole.
struct Deadline: Sendable {
    private let end: ContinuousClock.Instant

    init(_ timeout: Duration) { end = .now.advanced(by: timeout) }

    /// Runs `body`, which is cancelled when the time is over; the call has timed out then, whatever `body` makes of it.
    func keep<Value: Sendable>(
        for operation: APIOperation,
        _ body: @escaping @Sendable (ContinuousClock.Instant) async throws(MessagingError) -> Value
    ) async throws(MessagingError) -> Value {
        let result = await withTaskGroup(of: Result<Value, MessagingError>?.self) { group in
            group.addTask { [end] in
                do throws(MessagingError) {
                    return .success(try await body(end))
                } catch {
                    return .failure(error)
                }
            }
            group.addTask { [end] in
                try? await Task.sleep(until: end, clock: .continuous)
                return nil
            }
            let first = await group.next() ?? nil
            group.cancelAll()
            if first != nil || !Task.isCancelled { return first }
            return await group.next() ?? nil
        }
        guard let result else {
            throw MessagingError(.timedOut, "no answer in time", operation: operation.id)
        }
        return try result.get()
    }
}
