import Foundation
import MessagingFiles

/// The editor of a person: a command of the shell, which may have arguments.
struct Editor {
    /// The command.
    let command: String

    /// Finds the editor in an environment: `VISUAL`, or else `EDITOR`, or else vi.
    init(_ environment: [String: String] = ProcessInfo.processInfo.environment) {
        command = ["VISUAL", "EDITOR"].lazy.compactMap { environment[$0] }.first { !$0.isEmpty } ?? "vi"
    }

    /// Lets a person edit a text, and returns the new one. The text is in a file of its own, which is removed in every case.
    func edit(_ bytes: [UInt8], fileName: String) throws -> [UInt8] {
        let signals = EditorSignals()
        defer { signals.end() }
        let directory = try PrivateDirectory(fileName: fileName, bytes)
        signals.beforeEnd { directory.remove() }
        defer { directory.remove() }
        try run(on: directory.file)
        return try directory.bytes()
    }

    /// Runs the editor in the process group of this program, which is the one that may use the terminal, and waits for its end.
    private func run(on file: String) throws(Failure) {
        var attributes = posix_spawnattr_t()
        guard posix_spawnattr_init(&attributes) == 0 else { throw failure("could not be started") }
        defer { posix_spawnattr_destroy(&attributes) }
        var (none, defaults) = (sigset_t(), sigset_t())
        sigemptyset(&none)
        sigemptyset(&defaults)
        for number in [SIGINT, SIGQUIT, SIGTERM, SIGHUP, SIGPIPE] { sigaddset(&defaults, number) }
        posix_spawnattr_setsigmask(&attributes, &none)
        posix_spawnattr_setsigdefault(&attributes, &defaults)
        posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF))
        // The trap lets the shell wait for an editor that handles Ctrl-C, and end with the exit code of the editor.
        let words = ["sh", "-c", "trap : INT QUIT\n\(command) \"$@\"", "sh", file]
        var arguments: [UnsafeMutablePointer<CChar>?] = words.map { strdup($0) } + [nil]
        defer { for argument in arguments { free(argument) } }
        var process = pid_t()
        let error = posix_spawn(&process, "/bin/sh", nil, &attributes, &arguments, environ)
        guard error == 0 else { throw failure("could not be started: \(String(cString: strerror(error)))") }
        var status: Int32 = 0
        while waitpid(process, &status, 0) < 0 {
            guard errno == EINTR else { throw failure("was lost") }
        }
        try check(status)
    }

    private func check(_ status: Int32) throws(Failure) {
        let (signal, code) = (status & 0x7F, (status >> 8) & 0xFF)
        switch (signal, code) {
        case (0, 0): return
        case (SIGINT, _), (0, 128 + SIGINT):
            throw Failure(.cancelled, "cancelled", "the editor was interrupted, and nothing was changed")
        case (0, 127): throw failure("was not found")
        case (0, _): throw failure("ended with the exit code \(code)")
        default: throw failure("was ended by the signal \(signal)")
        }
    }

    private func failure(_ what: String) -> Failure {
        Failure(
            .failed,
            "editor.failed",
            "the editor \(command) \(what), and nothing was changed",
            next: "Set VISUAL or EDITOR to another editor."
        )
    }
}
