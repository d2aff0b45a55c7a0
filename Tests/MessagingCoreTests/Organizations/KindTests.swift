import MessagingContract
import Testing

@testable import MessagingCore

@Suite struct KindTests {
    @Test func everyNameBelongsToOneKind() {
        let words = Kind.all.compactMap(\.word)
        #expect(words.count == Set(words).count)
        #expect(Set(words) == Set(ObjectKind.allCases))
        #expect(Set(Kind.all.map(\.name)).count == Kind.all.count)
    }

    @Test func aClientWhoseRecordCannotBeReadHasNoPermissions() throws {
        let client = ClientRegistration(name: "c").client
        let record = Record(kind: .oauthClient, id: client.id, bytes: client.json.bytes)
        let organization = try Organization(StoredOrganization(id: "o", revision: 1, records: [record]))
        #expect(organization.grants[client.id]?.isEmpty == false)
        let unreadable: JSON = ["id": .string(client.id), "name": 5]
        var indexes = organization.indexes
        let entry = Entry(id: client.id, json: unreadable, bytes: unreadable.bytes)
        let change = IndexedChange(
            before: organization[.oauthClient][client.id],
            after: (entry, unreadable),
            revision: 2
        )
        #expect(throws: (any Error).self) { try DerivedIndex.clients.follow(&indexes, change) }
        #expect(indexes.clients.clients.isEmpty && indexes.clients.grants.isEmpty)
    }
}
