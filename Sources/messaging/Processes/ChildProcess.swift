import Foundation

/// A process with the standard streams of this program. It is in the process group of this program, so that it may use the terminal, and Ctrl-C
/// reaches it.
struct ChildProcess: Sendable {
    /// The reason why a program could not be started.
    struct StartError: Error {
        /// The number of the system's error.
        let number: Int32

        /// The reason in the words of the system.
        var cause: String { String(cString: strerror(number)) }
    }

    /// How a process ended.
    enum End: Equatable {
        /// It ended itself with an exit code.
        case exit(Int32)
        /// A signal ended it.
        case signal(Int32)
        /// The system does not know the process.
        case unknown
    }

    private let id: pid_t

    /// Starts a program, which is found like a command of a shell. `arguments` begin with the name by which it is called. Without an
    /// environment, it has that of this program. It blocks no signal, and `signals` have their default actions in it.
    init(
        _ program: String,
        arguments: [String],
        environment: [String: String]? = nil,
        restoring signals: [Int32]
    ) throws(StartError) {
        var attributes = posix_spawnattr_t()
        let fault = posix_spawnattr_init(&attributes)
        guard fault == 0 else { throw StartError(number: fault) }
        defer { posix_spawnattr_destroy(&attributes) }
        var (none, defaults) = (sigset_t(), sigset_t())
        sigemptyset(&none)
        sigemptyset(&defaults)
        for number in signals { sigaddset(&defaults, number) }
        posix_spawnattr_setsigmask(&attributes, &none)
        posix_spawnattr_setsigdefault(&attributes, &defaults)
        posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF))
        var words: [UnsafeMutablePointer<CChar>?] = arguments.map { strdup($0) } + [nil]
        var variables: [UnsafeMutablePointer<CChar>?] = (environment ?? [:]).map { strdup("\($0)=\($1)") } + [nil]
        defer { for text in words + variables { free(text) } }
        var process = pid_t()
        let error =
            environment == nil
            ? posix_spawnp(&process, program, nil, &attributes, &words, environ)
            : posix_spawnp(&process, program, nil, &attributes, &words, &variables)
        guard error == 0 else { throw StartError(number: error) }
        id = process
    }

    /// Blocks the thread until the process has ended, and returns how. It must be called once.
    func wait() -> End {
        var status: Int32 = 0
        while waitpid(id, &status, 0) < 0 {
            guard errno == EINTR else { return .unknown }
        }
        let signal = status & 0x7F
        return signal == 0 ? .exit((status >> 8) & 0xFF) : .signal(signal)
    }
}
