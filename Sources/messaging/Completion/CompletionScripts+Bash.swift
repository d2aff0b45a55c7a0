extension CompletionScripts {
    /// Returns the script for bash. The generated one has words expanded, and leaves the quoting of names to a rule for names of files, under
    /// which `$` keeps its effect. This one takes names as ``Completions`` has quoted them. The generated one also takes each part of a word that
    /// bash splits at signs such as `:` and `=` for a word.
    func bash(_ generated: String) -> String {
        Self.withoutCursor(generated)
            .replacing("#!/bin/bash\n", with: "#!/bin/bash\n" + Self.bashChecks, maxReplacements: 1)
            .replacing(
                "__messaging_add_completions -W \"$(__messaging_custom_complete",
                with: "_messaging_add_names \"$(__messaging_custom_complete"
            )
            .replacing("_messaging_help() {\n", with: "_messaging_help() {\n    _messaging_offer_topics\n")
            .replacing("complete -o filenames -F _messaging messaging", with: bashTopics + Self.bashEnd)
    }

    /// Returns the script without the function that finds the cursor in the present word, since that word ends at the cursor here.
    private static func withoutCursor(_ generated: String) -> String {
        let name = "__messaging_cursor_index_in_current_word"
        var script = generated.replacing("\"$(\(name))\"", with: "\"${#cur}\"")
        if let start = script.firstRange(of: "\(name)() {\n")?.lowerBound,
            let end = script[start...].firstRange(of: "\n}\n\n")?.upperBound
        {
            script.removeSubrange(start..<end)
        }
        return script
    }

    private static let bashChecks = """

        # The function of completion restores the options that it found, so its trap has them as they are now (SC2064). The names of options and
        # commands have no spaces, so they may be split at spaces (SC2207).
        # shellcheck disable=SC2064,SC2207

        """

    private var bashTopics: String {
        """
        # Offers the commands inside the one that is named behind help.
        _messaging_offer_topics() {
            local topics=''
            case "${COMP_WORDS[*]:2:COMP_CWORD-2}" in
        \(branches { "'\($0)'" })
            esac
            COMPREPLY+=($(compgen -W "${topics}" -- "${cur}"))
        }


        """
    }

    private static let bashEnd = #"""
        # Offers the lines of a text, which are quoted already. A field to set takes its value without a space, and a directory a name in it.
        _messaging_add_names() {
            local name
            while IFS='' read -r name; do
                if [[ -n "${name}" ]]; then COMPREPLY+=("${name}"); fi
                if [[ "${name}" =~ (^[A-Za-z0-9.]+=|/)$ ]]; then compopt -o nospace; fi
            done <<<"${1}"
            compopt +o filenames
        }

        # Offers what the functions above find, without errors. They get whole words, while bash splits words at the characters of COMP_WORDBREAKS
        # as well. A word --option=value is two words for them. The present word ends at the cursor.
        _messaging_offer() {
            local -a words=() starts=()
            local -i index present=0
            local rest="${COMP_LINE}" word gap
            for index in "${!COMP_WORDS[@]}"; do
                word="${COMP_WORDS[index]}"
                gap="${rest%%[^[:space:]]*}"
                rest="${rest:${#gap}}"
                if [[ "${rest}" != "${word}"* ]]; then
                    _messaging "${@}" 2>/dev/null
                    return
                fi
                if [[ -n "${gap}" || "${index}" -eq 0 ]]; then
                    words+=("")
                    starts+=("$((${#COMP_LINE} - ${#rest}))")
                    if [[ "${starts[${#starts[@]} - 1]}" -le "${COMP_POINT}" ]]; then present="${#words[@]}-1"; fi
                fi
                words[${#words[@]} - 1]+="${word}"
                rest="${rest:${#word}}"
            done

            local -i length="COMP_POINT - starts[present]"
            local -a after=("${words[@]:present + 1}")
            if [[ "${length}" -gt "${#words[present]}" ]]; then
                present+=1
                words=("${words[@]:0:present}" '')
            else
                words=("${words[@]:0:present}" "${words[present]:0:length}")
            fi

            # What readline does not replace stays before the present word in the line. What is split off here does, too.
            local value="${words[present]}" kept='' split='' quote=''
            if [[ "${value}" = *"${2}" ]]; then kept="${value:0:${#value} - ${#2}}"; fi
            if [[ "${value}" = -*=* ]]; then
                split="${value%%=*}="
                value="${value#*=}"
                words=("${words[@]:0:present}" "${split%=}" "${value}")
                present+=1
            fi
            if [[ "${value}" = [\'\"]* ]]; then quote="${value:0:1}"; fi

            local -ar COMP_WORDS=("${words[@]}" "${after[@]}")
            local -ir COMP_CWORD="${present}"
            _messaging "${1}" "${value#"${quote}"}" "${words[present - 1]}" 2>/dev/null

            if [[ "${kept}" = "${split}${quote}" ]]; then return; fi
            local -a offers=()
            local offer
            for offer in "${COMPREPLY[@]}"; do
                offer="${split}${quote}${offer}"
                if [[ "${offer}" = "${kept}"* ]]; then offers+=("${offer:${#kept}}"); fi
            done
            COMPREPLY=("${offers[@]}")
        }

        complete -o filenames -F _messaging_offer messaging
        """#
}
