import MessagingContract

extension DerivedIndex {
    static let clients = DerivedIndex(
        follow: { try $0.clients.follow($1) },
        add: { builder, record, _ in builder.clients.set(try OAuthClient(document: record.bytes), record.id) }
    )

    static let references = DerivedIndex(
        members: References.Target.members,
        follow: { $0.references.follow($1) },
        add: { builder, record, members in builder.references.add(record.id, members) },
        step: { $0.references.step($1) }
    )

    static let revocations = DerivedIndex { $0.revocations.lastRevision = $1.revision }
}
