extension CompletionScripts {
    /// Returns the script for zsh. The generated one turns the expansion of history off in its function, so that zsh does not quote `!` in names,
    /// and expands the history when the line is entered. It also knows no value in the word of its option, such as `--profile=local`.
    func zsh(_ generated: String) -> String {
        generated.split(separator: "\n", omittingEmptySubsequences: false).map(Self.withValue).joined(separator: "\n")
            .replacing("unsetopt aliases banghist", with: "unsetopt aliases")
            .replacing(
                "\"$(\"${command_name}\" \"${@}\" \"${command_line[@]}\")\"",
                with: "\"$(\"${command_name}\" \"${@}\" \"${command_line[@]}\" 2>/dev/null)\""
            )
            .replacing("        __messaging_complete \"${completions[@]:0:-1}\"\n", with: Self.zshNames)
            .replacing("'*:subcommands:'", with: "'*:subcommands:_messaging_offer_topics'")
            .replacing("if [[ \"${funcstack[1]}\" = _messaging ]]; then", with: zshEnd)
    }

    /// Returns a line of a script. If it declares an option with a value, its long names take the value in the same word, too.
    private static func withValue(_ line: Substring) -> String {
        guard line.contains("]:"), let help = line.firstIndex(of: "[") else { return String(line) }
        let names = line[..<help]
        if let brace = names.lastIndex(of: "{"), names.hasSuffix("}'") {
            let list = names[names.index(after: brace)...].dropLast(2).split(separator: ",").map { name in
                name.hasPrefix("--") ? "\(name)=" : String(name)
            }
            return "\(names[...brace])\(list.joined(separator: ","))}'\(line[help...])"
        }
        return names.contains("--") ? "\(names)=\(line[help...])" : String(line)
    }

    /// Offers names. A field to set takes its value without a space, and a directory a name in it.
    private static let zshNames = """
                local -ar begun=("${(@M)completions[1,-2]:#([A-Za-z0-9.]##=|*/)}")
                __messaging_complete "${(@)completions[1,-2]:#([A-Za-z0-9.]##=|*/)}"
                if [[ "${#begun[@]}" -gt 0 ]]; then _describe -V '' begun -S ''; fi

        """

    private var zshEnd: String {
        """
        # Offers the commands inside the one that is named behind help.
        _messaging_offer_topics() {
            local -a topics=()
            case "${(j: :)words[2,CURRENT - 1]}" in
        \(branches { "(\($0))" })
            esac
            compadd -a topics
        }

        if [[ "${funcstack[1]}" = _messaging ]]; then
        """
    }
}
