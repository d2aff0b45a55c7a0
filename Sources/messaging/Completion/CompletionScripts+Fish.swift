extension CompletionScripts {
    /// Returns the script for fish. The generated one offers no commands behind `help`.
    func fish(_ generated: String) -> String {
        let topics = topics.map { topic in
            "complete -c 'messaging' -n '__messaging_is_help_of \"\(topic.path.joined(separator: " "))\"' "
                + "-fa '\(topic.names.joined(separator: " "))'"
        }
        return generated + "\n" + Self.fishHelp + topics.joined(separator: "\n") + "\n"
    }

    private static let fishHelp = """

        # Whether the command that is named behind help is this one.
        function __messaging_is_help_of -a expected
            set -l tokens (__messaging_tokens -pc)
            test "$tokens[2]" = help -a "$tokens[3..]" = "$expected"
        end


        """
}
