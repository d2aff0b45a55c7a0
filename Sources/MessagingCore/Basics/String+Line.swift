import StandardStreams

extension String {
    /// Returns the text as one line that a terminal shows unchanged, see `visible`. The middle of a text of more than `limit` Unicode scalars is
    /// left out.
    package func line(limit: Int = 1_000) -> String {
        let scalars = unicodeScalars
        guard scalars.count > limit else { return visible }
        return "\(String(scalars.prefix(limit * 2 / 3)).visible) ... \(String(scalars.suffix(limit / 3)).visible)"
    }
}
