import MessagingContract

/// The kinds of records whose changes are shown; all others are internal.
extension RecordKind {
    /// The shown kinds by their words.
    private static let words: [(word: ObjectKind, kind: RecordKind)] = [
        (.settings, .messagingSetting), (.supportedContent, .supportedContent), (.integrations, .openIntegration),
        (.defaults, .defaultObject),
        (.clients, .oauthClient), (.organization, .organization),
    ]

    /// The kind that is shown under a word; nil when there is none.
    init?(shownAs word: ObjectKind) {
        guard let kind = Self.words.first(where: { $0.word == word })?.kind else { return nil }
        self = kind
    }

    /// All kinds that are shown.
    static let shown = words.map(\.kind)

    /// Whether changes of the kind are no part of the history.
    var isInternal: Bool { word == nil }

    /// The word under which the kind is shown; nil for an internal one.
    var word: ObjectKind? { Self.words.first { $0.kind == self }?.word }
}
