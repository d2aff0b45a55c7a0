/// The scripts that complete in shells: those of ArgumentParser, changed where they would let a shell act on a name.
enum CompletionScripts {
    /// Returns the script for bash. The generated one has words expanded, and leaves the quoting of names to a rule for names of files, under
    /// which `$` keeps its effect. This one takes names as ``Completions`` has quoted them.
    static func bash(_ generated: String) -> String {
        generated
            .replacing("#!/bin/bash\n", with: "#!/bin/bash\n" + bashChecks, maxReplacements: 1)
            .replacing(
                "__messaging_add_completions -W \"$(__messaging_custom_complete",
                with: "_messaging_add_names \"$(__messaging_custom_complete"
            )
            .replacing("complete -o filenames -F _messaging messaging", with: bashEnd)
    }

    /// Returns the script for zsh. The generated one turns the expansion of history off in its function, so that zsh does not quote `!` in names,
    /// and expands the history when the line is entered.
    static func zsh(_ generated: String) -> String {
        generated
            .replacing("unsetopt aliases banghist", with: "unsetopt aliases")
            .replacing(
                "\"$(\"${command_name}\" \"${@}\" \"${command_line[@]}\")\"",
                with: "\"$(\"${command_name}\" \"${@}\" \"${command_line[@]}\" 2>/dev/null)\""
            )
    }

    private static let bashChecks = """

        # The function of completion restores the options that it found, so its trap has them as they are now (SC2064). The names of options and
        # commands have no spaces, so they may be split at spaces (SC2207).
        # shellcheck disable=SC2064,SC2207

        """
    private static let bashEnd = """
        # Offers the lines of a text, which are quoted already. A field to set takes its value without a space.
        _messaging_add_names() {
            local name
            while IFS='' read -r name; do
                if [[ -n "${name}" ]]; then COMPREPLY+=("${name}"); fi
                if [[ "${name}" =~ ^[A-Za-z0-9.]+=$ ]]; then compopt -o nospace; fi
            done <<<"${1}"
            compopt +o filenames
        }

        # Offers what the functions above find, without errors.
        _messaging_offer() {
            _messaging "${@}" 2>/dev/null
        }

        complete -o filenames -F _messaging_offer messaging
        """
}
