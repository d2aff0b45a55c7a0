import Foundation
import MessagingFiles

/// A command that runs with the standard streams of this program.
struct RecordedCommand: Sendable {
    /// The program and its arguments.
    let arguments: [String]
    /// The environment variables.
    let environment: [String: String]

    /// Runs the command to its end, and returns its exit code; that of a command that a signal ended is 128 and the signal. The command is in
    /// the process group of this program, so that Ctrl-C reaches it.
    func run() async throws(Failure) -> Int32 {
        let process = try start()
        return await withCheckedContinuation { continuation in
            Thread.detachNewThread {
                var status: Int32 = 0
                while waitpid(process, &status, 0) < 0, errno == EINTR {}
                let signal = status & 0x7F
                continuation.resume(returning: signal == 0 ? (status >> 8) & 0xFF : 128 + signal)
            }
        }
    }

    private func start() throws(Failure) -> pid_t {
        var attributes = posix_spawnattr_t()
        guard posix_spawnattr_init(&attributes) == 0 else { throw failure(errno) }
        defer { posix_spawnattr_destroy(&attributes) }
        var (none, defaults) = (sigset_t(), sigset_t())
        sigemptyset(&none)
        sigemptyset(&defaults)
        for number in [SIGINT, SIGTERM, SIGPIPE] { sigaddset(&defaults, number) }
        posix_spawnattr_setsigdefault(&attributes, &defaults)
        posix_spawnattr_setsigmask(&attributes, &none)
        posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF))
        var words: [UnsafeMutablePointer<CChar>?] = arguments.map { strdup($0) } + [nil]
        var variables: [UnsafeMutablePointer<CChar>?] = environment.map { strdup("\($0)=\($1)") } + [nil]
        defer { for text in words + variables { free(text) } }
        var process = pid_t()
        guard let name = words[0] else { throw failure(ENOMEM) }
        let error = posix_spawnp(&process, name, nil, &attributes, &words, &variables)
        guard error == 0 else { throw failure(error) }
        return process
    }

    private func failure(_ error: Int32) -> Failure {
        let cause = String(cString: strerror(error))
        return Failure(.failed, "command.not.started", "could not start \(arguments.first ?? ""): \(cause)")
    }
}
