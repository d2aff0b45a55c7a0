import Foundation
import MessagingContract
import MessagingCore
import MessagingSQLite
import Testing

@Suite struct SealingTests {
    private static let organization = "o"

    private static func integrations(_ keys: SealingKeys) throws -> OpenIntegrations {
        OpenIntegrations(organizations: Organizations(store: try SQLiteStore.inMemory()), keys: keys)
    }

    private static let request = OpenIntegrationRequest(
        name: "n",
        outboundNotificationWebhookUrl: "https://a.example",
        outboundNotificationWebhookSignatureSecretToken: "a secret of some length ü",
        webhookHeaders: ["X-Key": "another secret", "Empty": ""]
    )

    private static func entry(_ sealed: SealedOpenIntegrationRequest, id: String) -> Entry {
        let record = OpenIntegrationRecord(sealed, .sample(id: id))
        return Entry(id: id, name: record.request.name, version: 1, bytes: record.json.bytes)
    }

    private static func organization(_ id: String = "o") throws -> Organization {
        try Organization(StoredOrganization(id: id, revision: 1, records: []))
    }

    @Test func sealedSecretsAreUnreadableAndOpenAgain() throws {
        let integrations = try Self.integrations(SealingKeys())
        let sealed = try integrations.seal(Self.request, for: "i", in: "o")
        let text = String(decoding: sealed.json.bytes, as: UTF8.self)
        #expect(!text.contains("secret of"))
        #expect(!text.contains("another"))
        let opened = try integrations.open(Self.entry(sealed, id: "i"), in: Self.organization(), withToken: true)
        #expect(opened.outboundNotificationWebhookSignatureSecretToken == "a secret of some length ü")
        #expect(opened.webhookHeaders == ["X-Key": "another secret", "Empty": ""])
        let read = try integrations.open(Self.entry(sealed, id: "i"), in: Self.organization())
        #expect(read.outboundNotificationWebhookSignatureSecretToken == nil)
        #expect(read.webhookHeaders == opened.webhookHeaders)
        #expect(try integrations.seal(Self.request, for: "i", in: "o") != sealed)
    }

    @Test func aRequestWithoutHeaderFieldsIsStoredWithoutThatMember() throws {
        let integrations = try Self.integrations(SealingKeys())
        var request = Self.request
        request.webhookHeaders = [:]
        let sealed = try integrations.seal(request, for: "i", in: "o")
        #expect(sealed.webhookHeaders == nil)
        #expect(sealed.json["webhookHeaders"] == nil)
    }

    /// A row that takes more than a quarter of a page of 4,096 bytes has a page of its own for the rest, which each load reads. Its
    /// other columns take 96 bytes.
    @Test func aRecordTakesLessThanAQuarterOfAPage() throws {
        var request = Self.request
        request.name = String(repeating: "n", count: 24)
        request.outboundNotificationWebhookUrl = "https://" + String(repeating: "a", count: 56)
        request.outboundNotificationWebhookSignatureSecretToken = String(repeating: "t", count: 32)
        request.webhookHeaders = ["Authorization": String(repeating: "h", count: 32)]
        let (organization, id, reference) = (
            Surroundings.system.makeID(), Surroundings.system.makeID(), Surroundings.system.makeID()
        )
        request.supportedContent = SupportedContentReference(id: reference)
        request.messagingSetting = MessagingSettingRequestReference(id: reference)
        let sealed = try Self.integrations(SealingKeys()).seal(request, for: id, in: organization)
        var record = OpenIntegrationRecord(sealed, .sample(id: id))
        record.createdBy = DomainEntityRef(user: Surroundings.system.makeID())
        record.modifiedBy = DomainEntityRef(user: Surroundings.system.makeID())
        record.willBeRestored(newID: Surroundings.system.makeID())
        #expect(record.createStatus == .completed)
        #expect(record.json.bytes.count + 96 <= 1_002)
    }

    @Test func aSealedSecretIsBoundToItsOrganizationIntegrationAndMember() throws {
        let integrations = try Self.integrations(SealingKeys())
        let sealed = try integrations.seal(Self.request, for: "i", in: "o")
        #expect(throws: APIError.self) {
            try integrations.open(Self.entry(sealed, id: "other"), in: Self.organization(), withToken: true)
        }
        #expect(throws: APIError.self) {
            try integrations.open(Self.entry(sealed, id: "i"), in: Self.organization("other"), withToken: true)
        }
        var swapped = sealed
        swapped.webhookHeaders = ["X-Key": sealed.outboundNotificationWebhookSignatureSecretToken]
        #expect(throws: APIError.self) { try integrations.open(Self.entry(swapped, id: "i"), in: Self.organization()) }
        swapped.webhookHeaders = ["X-Other": sealed.webhookHeaders?["X-Key"] ?? ""]
        #expect(throws: APIError.self) { try integrations.open(Self.entry(swapped, id: "i"), in: Self.organization()) }
        var cut = sealed
        cut.outboundNotificationWebhookSignatureSecretToken.removeLast(4)
        let error = #expect(throws: APIError.self) {
            try integrations.open(Self.entry(cut, id: "i"), in: Self.organization(), withToken: true)
        }
        #expect(error?.status == 500)
    }

    @Test func severalKeysOpenAndTheFirstOneSeals() throws {
        let (old, new) = (SealingKeys.make(), SealingKeys.make())
        let before = try Self.integrations(try #require(SealingKeys(old)))
        let both = try Self.integrations(try #require(SealingKeys("\(new), \(old)\n")))
        let after = try Self.integrations(try #require(SealingKeys(new)))
        let organization = try Self.organization()
        let sealed = Self.entry(try before.seal(Self.request, for: "i", in: "o"), id: "i")
        let sealedAnew = Self.entry(try both.seal(Self.request, for: "i", in: "o"), id: "i")
        let token = Self.request.outboundNotificationWebhookSignatureSecretToken
        for (integrations, entry) in [(before, sealed), (both, sealed), (both, sealedAnew), (after, sealedAnew)] {
            let opened = try integrations.open(entry, in: organization, withToken: true)
            #expect(opened.outboundNotificationWebhookSignatureSecretToken == token)
        }
        #expect(throws: APIError.self) { try before.open(sealedAnew, in: organization) }
        #expect(throws: APIError.self) { try after.open(sealed, in: organization) }
    }

    @Test func aKeyedDigestIdentifiesARequestEvenAfterARotation() throws {
        let (old, new) = (SealingKeys.make(), SealingKeys.make())
        let body = Array("a body".utf8)
        let before = try Self.integrations(try #require(SealingKeys(old))).digests(of: body)
        let both = try Self.integrations(try #require(SealingKeys("\(new),\(old)"))).digests(of: body)
        #expect(before.count == 1)
        #expect(both.last == before.first)
        #expect(both.first != before.first)
        #expect(try Self.integrations(try #require(SealingKeys(old))).digests(of: body + [0]) != before)
    }

    @Test(arguments: [
        "", ",", "AAAA", "not base64", Data(count: 31).base64EncodedString(), Data(count: 33).base64EncodedString(),
    ])
    func onlyWholeKeysAreAccepted(_ text: String) throws {
        #expect(SealingKeys(text) == nil)
        #expect(SealingKeys("\(SealingKeys.make()),\(text)") == nil)
    }
}
