import Foundation

extension Terminal {
    /// Asks a person for a secret without showing what the person types. Returns nil at the end of the input.
    static func askSecretly(_ question: String) -> String? {
        var shown = termios()
        let isTerminal = tcgetattr(STDIN_FILENO, &shown) == 0
        if isTerminal {
            var hidden = shown
            hidden.c_lflag &= ~tcflag_t(ECHO)
            _ = tcsetattr(STDIN_FILENO, TCSAFLUSH, &hidden)
        }
        defer {
            if isTerminal {
                _ = tcsetattr(STDIN_FILENO, TCSAFLUSH, &shown)
                complain("")
            }
        }
        return ask(question)
    }
}
