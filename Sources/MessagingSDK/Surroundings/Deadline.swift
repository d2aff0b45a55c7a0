/// Runs `body`, and cancels it at the deadline. Returns nil then, whatever `body` returns. Ends when `body` has ended.
///
/// It takes two tasks and a timer, which cost more than everything else in a call. Code that can keep the deadline itself does not use it.
func withDeadline<Value: Sendable, Failure: Error>(
    _ deadline: ContinuousClock.Instant,
    in surroundings: ClientSurroundings,
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
            try? await surroundings.sleep(min(deadline - surroundings.instant(), .never))
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
    /// The longest time that all clocks can represent, 136 years.
    static var never: Duration { .seconds(1 << 32) }
}
