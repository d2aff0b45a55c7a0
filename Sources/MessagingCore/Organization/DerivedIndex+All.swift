import MessagingContract

extension DerivedIndex {
    static let clients = DerivedIndex(
        follow: { try $0.clients.follow($1) },
        add: { builder, record, _ in builder.add(try OAuthClient(document: record.bytes), record.id) }
    )

    static let references = DerivedIndex(
        members: References.Target.members,
        follow: { $0.references.follow($1) },
        add: { builder, record, members in builder.add(integration: record.id, members) },
        step: { $0.step($1) }
    )

    static let revocations = DerivedIndex { $0.lastRevocation = $1.revision }
}
