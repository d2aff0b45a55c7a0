/// A regular expression that is searched in texts. The work of a search is at most the product of the sizes of the pattern and the text, whatever
/// they are: there is no backtracking. That excludes references to groups and looking ahead or behind.
///
/// It has these forms of RE2, the language of the vendor's tool:
///
/// - characters, `.`, `^`, `$`, `\b`
/// - classes such as `[a-z_]`, `[^0-9]`, `\d`, `\w`, `\s` and their opposites `\D`, `\W`, `\S`
/// - groups `( )` and `(?: )`, and alternatives with `|`
/// - repetitions `*`, `+`, `?`, `{2}`, `{2,}`, `{2,5}`
/// - `(?i)` at the beginning, with which letter case does not count
struct Pattern {
    private let program: PatternProgram

    /// Reads a pattern. Throws an error with the place of the first fault.
    init(_ text: String) throws(PatternError) {
        var parser = PatternParser(text)
        program = try PatternProgram(parser.node(), ignoresCase: parser.ignoresCase)
    }

    /// Returns whether some part of a text matches.
    func isFound(in text: String) -> Bool {
        let scalars = text.unicodeScalars
        var threads = PatternThreads(count: program.steps.count)
        var before: Unicode.Scalar?
        for scalar in scalars {
            if threads.begin(program, between: before, and: scalar) { return true }
            threads.advance(program, over: scalar)
            before = scalar
        }
        return threads.begin(program, between: before, and: nil)
    }
}
