/// Runs `body`, and cancels it when the time is over. Returns nil then, whatever `body` makes of it; ends when `body` has ended.
///
/// It takes two tasks and a timer, which costs more than all else in a call: what can keep the time by itself does without it.
func withDeadline<Value: Sendable, Failure: Error>(
    _ deadline: ContinuousClock.Instant,
    _ body: @escaping @Sendable () async throws(Failure) -> Value
) async throws(Failure) -> Value? {
    let result = await withTaskGroup(of: Result<Value, Failure>?.self) { group in
        group.addTask {
            do throws(Failure) {
                return .success(try await body())
            } catch {
                return .failure(error)
            }
        }
        group.addTask {
            try? await Task.sleep(until: min(deadline, ContinuousClock.now.advanced(by: .never)), clock: .continuous)
            return nil
        }
        let first = await group.next() ?? nil
        group.cancelAll()
        if first != nil || !Task.isCancelled { return first }
        return await group.next() ?? nil
    }
    return try result?.get()
}

extension Duration {
    /// A time as long as clocks can represent, 136 years.
    static var never: Duration { .seconds(1 << 32) }
}
