import ArgumentParser

/// The command `messaging completion`.
struct CompletionCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "completion",
        abstract: "Print the script that completes commands, options and names in a shell.",
        discussion: """
            bash: messaging completion bash > ~/.local/share/bash-completion/completions/messaging

            zsh: messaging completion zsh > DIR/_messaging, where DIR is in $fpath, before compinit

            fish: messaging completion fish > ~/.config/fish/completions/messaging.fish

            Names come from the host, within 800 ms, and are kept for a minute in messaging in XDG_CACHE_HOME or ~/.cache.
            """
    )

    /// A shell that the scripts are for.
    enum Shell: String, CaseIterable, ExpressibleByArgument {
        case bash
        case zsh
        case fish
    }

    @Argument(help: "The shell: bash, zsh or fish.") var shell: Shell

    func run() async throws { try Terminal.print(Self.script(shell)) }

    private static func script(_ shell: Shell) -> String {
        let scripts = CompletionScripts(topics: HelpTopics(MessagingCommand.self).all)
        return switch shell {
        case .bash: scripts.bash(MessagingCommand.completionScript(for: .bash))
        case .zsh: scripts.zsh(MessagingCommand.completionScript(for: .zsh))
        case .fish: scripts.fish(MessagingCommand.completionScript(for: .fish))
        }
    }
}
