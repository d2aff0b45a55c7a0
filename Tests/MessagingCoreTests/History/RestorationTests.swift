import Foundation
import MessagingContract
import Randomness
import Testing

@testable import MessagingCore

/// Earlier versions come back through the history of a real store.
@Suite struct RestorationTests {
    private static let first = Author.sample("first")
    private static let other = Author(user: "u-2", client: "c-2", operation: "restore", contextID: "x", address: nil)

    /// An object with 50 versions, each with other content, by author u-1.
    private func grown<R: Resource>(
        _ base: Fixture,
        _ type: R.Type,
        _ request: @Sendable (Int) -> R.Request
    ) async throws -> [Entry] where R.Request: OperationBody {
        var versions: [Entry] = []
        for number in 1...50 {
            let request = request(number)
            let id = versions.last?.id
            let entry = try await base.organizations.change(base.id, by: Self.first) {
                (draft) throws(APIError) in
                guard let id else { return try draft.create(R.self, request) }
                var patch: JSON.Object = ["mediaTypes": nil, "content": nil, "event": nil]
                for (name, value) in request.json.object ?? [:] { patch[name] = value }
                return try draft.update(R.self, id, MergePatch(.object(patch)))
            }
            #expect(entry.version == number)
            versions.append(entry)
        }
        return versions
    }

    /// The bytes of an entry with another one's version, date and editor.
    private func bytes(of entry: Entry, as other: Entry) throws -> [UInt8] {
        var object = try #require(try JSON(parsing: entry.bytes).object)
        let newer = try #require(try JSON(parsing: other.bytes).object)
        for name in ["version", "dateModified", "updatedBy", "modifiedBy"] where object[name] != nil {
            object[name] = newer[name]
        }
        return JSON.object(object).bytes
    }

    private func everyVersionComesBack<R: Resource>(
        _ type: R.Type,
        _ request: @Sendable (Int) -> R.Request
    ) async throws where R.Request: OperationBody {
        let base = try await Fixture()
        let versions = try await grown(base, type, request)
        let id = versions[0].id
        var last = 50
        for isDeleted in [false, true] {
            for entry in versions {
                if isDeleted {
                    try await base.organizations.change(base.id, by: Self.first) { (draft) throws(APIError) in
                        try draft.delete(type, id)
                    }
                }
                last += 1
                let number = entry.version
                let back = try await base.organizations.restore(type, id, version: number, in: base.id, by: Self.other)
                #expect(back.version == last)
                #expect(try back.bytes == bytes(of: entry, as: back))
                #expect(try await base.stored()[type.kind][id] == back)
                let json = try JSON(parsing: back.bytes)
                #expect((json["updatedBy"] ?? json["modifiedBy"])?["id"] == "u-2")
                #expect(json["createdBy"]?["id"] == "u-1")
            }
        }
        #expect(try await base.history(of: id).filter { $0.after != nil }.compactMap(\.version) == Array(1...150))
    }

    @Test func restoresEachOfFiftyVersionsOfASettingEvenAfterItsDeletion() async throws {
        try await everyVersionComesBack(MessagingSetting.self) { number in
            var request = MessagingSettingRequest(name: "name \(number)")
            if number % 3 > 0 { request.content = ContentSetting(story: StorySetting(reply: .init(inbound: .enabled))) }
            if number % 5 > 1 {
                request.event = EventSetting(typing: TypingSetting(on: SettingDirection(outbound: .disabled)))
            }
            return request
        }
    }

    @Test func restoresEachOfFiftyVersionsOfAProfileEvenAfterItsDeletion() async throws {
        try await everyVersionComesBack(SupportedContent.self) { number in
            var request = SupportedContentRequest(name: "name \(number)")
            let types = (0..<number % 4).map { MediaType(type: "image/x-\(number)-\($0)") }
            if number % 7 > 0 { request.mediaTypes = MediaTypes(allow: MediaTypeAccess(inbound: types, outbound: [])) }
            return request
        }
    }

    @Test func withoutAVersionRestoresThePreviousOneOrTheLastOneOfADeletedObject() async throws {
        let base = try await Fixture()
        let id = try await base.create("one").id
        try await base.rename(id, "two")
        #expect(try await base.restore(id).name == "one")
        #expect(try await base.restore(id).name == "two")
        #expect(try await base.restore(id).name == "one")
        try await base.delete(id)
        let back = try await base.restore(id)
        #expect((back.name, back.version) == ("one", 6))
        // The version before that one was the last before it was deleted.
        #expect(try await base.restore(id).name == "one")
        try await base.rename(id, "eight")
        #expect(try await base.restore(id, 4).name == "two")
        #expect(try await base.restore(id, 9).version == 10)
    }

    @Test func aVersionThatNeverExistedIsRefusedPrecisely() async throws {
        let base = try await Fixture()
        let id = try await base.create("one").id
        func refusal(_ id: String, _ version: Int? = nil) async -> APIError? {
            await #expect(throws: APIError.self) { try await base.restore(id, version) }
        }
        #expect(await refusal("none") == .notFound)
        #expect(await refusal("none", 1) == .notFound)
        let first = await refusal(id)
        #expect(first?.message == "version must be given, because there is no version before the current one")
        #expect(first?.details == [.init(errorCode: "constraint.validation", fieldName: "version")])
        #expect(
            await refusal(id, 2)?.message == "version must be a version that the object had, and its last version is 1"
        )
        try await base.delete(id)
        #expect(
            await refusal(id, 2)?.message == "version must be a version that the object had, and its last version is 1"
        )
        #expect(await refusal(id, .max)?.status == 400)
        await #expect(throws: APIError.notFound) {
            try await base.organizations.restore(SupportedContent.self, id, version: nil, in: base.id, by: .sample())
        }
        let other = try await base.organizations.create(name: "Other", by: .sample()).id
        await #expect(throws: APIError.notFound) {
            try await base.organizations.restore(MessagingSetting.self, id, version: nil, in: other, by: .sample())
        }
        #expect(try await base.stored().revision == 3)
    }

    @Test func aDroppedVersionCannotBeRestored() async throws {
        let base = try await Fixture()
        let id = try await base.create("1").id
        for number in 2...6 { try await base.rename(id, "\(number)") }
        let gone = try await base.create("gone").id
        try await base.delete(gone)
        // The changes to versions 5 and 6 and the other object's two remain. The first of them also has version 4, the value before it.
        try await base.organizations.sweepHistory(HistoryLimits(changes: 4, minimumDays: 0))
        let error = await #expect(throws: APIError.self) { try await base.restore(id, 3) }
        #expect(error?.message == "version must be in the history, but version 3 is no longer there")
        #expect(error?.status == 400)
        #expect(try await base.restore(id, 4).name == "4")
        #expect(try await base.restore(id, 7).version == 8)
        try await base.organizations.sweepHistory(HistoryLimits(changes: 1, minimumDays: 0))
        await #expect(throws: APIError.notFound) { try await base.restore(gone) }
        #expect(try await base.restore(id, 8).version == 9)
    }

    @Test func aRestorationFollowsQuotasAndRules() async throws {
        let base = try await Fixture()
        let id = try await base.create("one").id
        try await base.delete(id)
        let full = Organizations(store: base.store, limits: OrganizationLimits(objects: 1))
        let error = await #expect(throws: APIError.self) {
            try await full.restore(MessagingSetting.self, id, version: nil, in: base.id, by: .sample())
        }
        #expect(error?.code == "quota.exceeded")
        try await base.organizations.change(base.id, by: .sample()) { draft in
            let nameless = MessagingSetting(MessagingSettingRequest(name: " "), draft.stamp)
            draft.put(.messagingSetting, draft.stamp.id, nameless.json)
        }
        let old = try #require(try await base.stored()[.messagingSetting].page(offset: 0, limit: 1).first)
        try await base.rename(old.id, "named")
        let blank = await #expect(throws: APIError.self) { try await base.restore(old.id) }
        #expect(blank?.details.first?.fieldName == "name")
    }
}

extension Change {
    /// The version of the object after the change, or before it was deleted.
    var version: Int? {
        (after ?? before).flatMap { try? JSON(parsing: $0) }.flatMap { Entry(id: id, json: $0, bytes: []).version }
    }
}

extension Fixture {
    @discardableResult
    func rename(_ id: String, _ name: String) async throws(APIError) -> Entry {
        try await organizations.change(self.id, by: .sample()) { (draft) throws(APIError) in
            try draft.update(MessagingSetting.self, id, MergePatch(["name": .string(name)]))
        }
    }

    func delete(_ id: String) async throws(APIError) {
        try await organizations.change(self.id, by: .sample()) { (draft) throws(APIError) in
            try draft.delete(MessagingSetting.self, id)
        }
    }

    @discardableResult
    func restore(_ id: String, _ version: Int? = nil) async throws(APIError) -> Entry {
        try await organizations.restore(MessagingSetting.self, id, version: version, in: self.id, by: .sample())
    }

    /// All changes of the object with this id, the oldest first.
    func history(of id: String) async throws -> [Change] {
        try #require(try await store.changes(of: self.id, after: 0, limit: 100_000)).filter { $0.id == id }
    }
}
