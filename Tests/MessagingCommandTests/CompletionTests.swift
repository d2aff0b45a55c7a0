import ArgumentParser
import MessagingFiles
import Testing

@testable import messaging

struct CompletionTests {
    @Test(arguments: [
        ("plain", "plain"), (#"Support\ Team"#, "Support Team"), (#""a b"#, "a b"), ("'a b", "a b"),
        (#"'it'\''s'"#, "it's"),
        (#""a\"b\\""#, #"a"b\"#), ("a$HOME", nil), ("`a", nil), ("\"$(a)\"", nil), ("'$(a)'", "$(a)"), (#"\$a"#, "$a"),
        (#"a\"#, "a"),
    ])
    func quotingIsRemoved(word: String, text: String?) {
        #expect(CommandWords.unquoted(word) == text)
    }

    @Test(arguments: [
        (["messaging", "settings", "get", "-p", "my\\ own", ""], "my own"), (["messaging", "--profile=x"], "x"),
        (["messaging", "--profile", "=", "x"], "x"), (["messaging", "settings"], nil), (["messaging", "-p"], nil),
        ([], nil),
    ])
    func aProfileIsFound(words: [String], profile: String?) {
        #expect(CommandWords(words, at: 0).profile == profile)
    }

    @Test func aKindIsFound() {
        #expect(CommandWords(["settings", "-p", "x", "integrations", "get"], at: 9).kind?.command == "integrations")
        #expect(CommandWords(["messaging", "doctor"], at: 1).kind == nil)
    }

    @Test(arguments: [
        ("--profile=crl", "crl", ShellQuoting.backslashes), ("--set=a=b", "a=b", .backslashes),
        ("--profile=\"my o", "my o", .doubleQuotes), ("a=b", "a=b", .backslashes), ("\"--x=y", "--x=y", .doubleQuotes),
    ])
    func theValueInTheWordOfItsOptionIsCompleted(word: String, present: String, quoting: ShellQuoting) {
        let words = CommandWords(["messaging", word], at: 1)
        #expect(words.present == present && words.quoting == quoting)
    }

    @Test func helpHasTheCommandsWithCommands() {
        let topics = HelpTopics(MessagingCommand.self).all
        #expect(topics.first?.path == [] && topics.first?.names.contains("supported-content") == true)
        #expect(topics.contains(HelpTopics.Topic(path: ["settings", "default"], names: ["get", "set", "clear"])))
        #expect(!topics.contains { $0.path == ["settings", "get"] })
    }

    @Test func wordsAreQuotedForBash() {
        let word = #"a $b `c` "d" 'e' \ (é) ~"#
        #expect(ShellQuoting(beginning: "").quoted(word) == #"a\ \$b\ \`c\`\ \"d\"\ \'e\'\ \\\ \(é\)\ \~"#)
        #expect(ShellQuoting(beginning: "\"a").quoted(word) == #"a \$b \`c\` \"d\" 'e' \\ (é) ~"#)
        #expect(ShellQuoting(beginning: "'a").quoted(word) == #"a $b `c` "d" '\''e'\'' \ (é) ~"#)
        #expect(ShellQuoting.doubleQuotes.quoted("a!b") == nil)
    }

    @Test func offersAreInTheFormOfTheirShell() {
        let offers = ["a:b\\c", "a b", "~x", "-x", "", "e\u{1B}", "a b"]
        let all = CommandWords(["messaging", ""], at: 1)
        #expect(Completions.offered(offers, for: all, to: .bash) == [#"a:b\\c"#, #"a\ b"#, #"\~x"#])
        #expect(Completions.offered(offers, for: all, to: .zsh) == [#"a\:b\\c"#, "a b", "~x"])
        #expect(Completions.offered(offers, for: all, to: .fish) == [#"a:b\c"#, "a b"])
        #expect(Completions.offered(offers, for: CommandWords(["messaging", "\"a "], at: 1), to: .bash) == ["a b"])
    }
}
