/// Waits for an event of the server, which other tasks or threads bring about. It passes no verdict: only the time limit of a suite ends a
/// wait for an event that never comes.
func wait(until hasHappened: () -> Bool) async throws {
    while !hasHappened() { try await Task.sleep(for: .milliseconds(2)) }
}
