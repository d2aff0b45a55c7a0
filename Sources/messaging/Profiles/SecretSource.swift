import Foundation
import MessagingFiles

/// The place of a secret: an environment variable, a file of the caller alone, or standard input. A secret is never an argument, because other
/// users of the machine can read the arguments of a program.
enum SecretSource: Equatable {
    /// The variable with this name: `env:NAME`.
    case environment(String)
    /// The file at this path: `@FILE`.
    case file(String)
    /// Standard input: `-`.
    case standardInput

    /// Reads the form of a source. Throws a failure, which does not repeat the text, for anything else.
    init(_ text: String, for option: String) throws(Failure) {
        if text == "-" {
            self = .standardInput
        } else if text.hasPrefix("env:"), text.count > 4 {
            self = .environment(String(text.dropFirst(4)))
        } else if text.hasPrefix("@"), text.count > 1 {
            self = .file(String(text.dropFirst()))
        } else {
            throw .usage(
                "\(option) takes env:NAME, @FILE or - for standard input, and never the secret itself",
                next: "If that was the secret, replace it: your shell may have kept it in its history."
            )
        }
    }

    /// Returns the secret, without the end of its line.
    func secret(_ environment: [String: String] = ProcessInfo.processInfo.environment) throws(Failure) -> String {
        let text: String
        switch self {
        case .environment(let name):
            guard let value = environment[name] else { throw .usage("the environment variable \(name) is not set") }
            text = value
        case .file(let path): text = try PrivateFile.text(at: path)
        case .standardInput: text = try Self.entered()
        }
        let secret = text.trimmingCharacters(in: .newlines)
        guard !secret.isEmpty else { throw .usage("the secret is empty") }
        return secret
    }

    private static func entered() throws(Failure) -> String {
        if Terminal.canAsk {
            guard let line = Terminal.askSecretly("Secret:") else {
                throw .usage("there is no secret on standard input")
            }
            return line
        }
        return String(decoding: try OpenFile("-").bytes(upTo: limit), as: UTF8.self)
    }

    /// The largest secret that is read from standard input, in bytes.
    private static let limit = 1 << 20
}
