import Foundation
import MessagingFiles
import MessagingSDK
import MessagingTesting
import Randomness

/// Random objects for an organization: names that occur twice or look like something else, fields that are absent, lists in any order.
struct RandomOrganization {
    private var random: SplitMix

    /// Creates a source of the same objects for the same seed.
    init(seed: UInt64) { random = SplitMix(seed: seed) }

    /// Fills the organization of a client.
    mutating func fill(_ client: MessagingClient) async throws {
        var settings: [String] = []
        var profiles: [String] = []
        for _ in 0..<Int.random(in: 0...5, using: &random) {
            let request = try MessagingSettingRequest(json: setting())
            settings.append(try await client.settings.create(request).id)
        }
        for _ in 0..<Int.random(in: 0...5, using: &random) {
            let request = try SupportedContentRequest(json: profile())
            profiles.append(try await client.supportedContent.create(request).id)
        }
        if let id = settings.randomElement(using: &random), Bool.random(using: &random) {
            _ = try await client.settings.setDefault(id)
        }
        if let id = profiles.randomElement(using: &random), Bool.random(using: &random) {
            _ = try await client.supportedContent.setDefault(id)
        }
        for _ in 0..<Int.random(in: 0...4, using: &random) {
            let request = try OpenIntegrationRequest(
                json: integration(settings.randomElement(using: &random), profiles.randomElement(using: &random))
            )
            _ = try await client.integrations.open.create(request)
        }
    }

    private mutating func name() -> JSON {
        let plain = [
            "Support", "Support", "Sales", "support", "a/b", "..", "yes", "1e3", "Käse 🧀", "\u{202E}reversed",
            "env:HOME", "A~1",
        ]
        if Bool.random(using: &random) { return .string(plain[Int.random(in: 0..<plain.count, using: &random)]) }
        let text = random.string().trimmingCharacters(in: .whitespacesAndNewlines)
        return .string(text.unicodeScalars.contains { !$0.properties.isWhitespace } ? text : "blank")
    }

    private mutating func flag() -> JSON { Bool.random(using: &random) ? "Enabled" : "Disabled" }

    private mutating func some(_ name: String, _ value: JSON) -> JSON.Object {
        Bool.random(using: &random) ? [name: value] : [:]
    }

    private mutating func setting() -> JSON {
        var object: JSON.Object = ["name": name()]
        let mention = some("mention", ["inbound": flag()])
        let reply = some("reply", ["inbound": flag()])
        let story = JSON.Object([mention, reply].joined().map { ($0.name, $0.value) })
        if Bool.random(using: &random) { object["content"] = ["story": .object(story)] }
        let on = JSON.Object([some("inbound", flag()), some("outbound", flag())].joined().map { ($0.name, $0.value) })
        if Bool.random(using: &random) { object["event"] = ["typing": ["on": .object(on)]] }
        return .object(object)
    }

    private mutating func list() -> JSON {
        let types = ["image/*", "image/png", "*/*", "video/mp4", "application/pdf", "IMAGE/PNG", "image/jpeg"]
        return .array(
            types.shuffled(using: &random).prefix(Int.random(in: 0...7, using: &random)).map { ["type": .string($0)] }
        )
    }

    private mutating func profile() -> JSON {
        var object: JSON.Object = ["name": name()]
        let allow = JSON.Object(
            [some("inbound", list()), some("outbound", list())].joined().map { ($0.name, $0.value) }
        )
        if Bool.random(using: &random) { object["mediaTypes"] = ["allow": .object(allow)] }
        return .object(object)
    }

    private mutating func integration(_ setting: String?, _ profile: String?) -> JSON {
        var object: JSON.Object = [
            "name": name(),
            "outboundNotificationWebhookUrl": .string("https://example.com/\(UInt8.random(in: 0...9, using: &random))"),
            "outboundNotificationWebhookSignatureSecretToken": "0123456789abcdef",
        ]
        if let setting, Bool.random(using: &random) { object["messagingSetting"] = ["id": .string(setting)] }
        if let profile, Bool.random(using: &random) { object["supportedContent"] = ["id": .string(profile)] }
        if Bool.random(using: &random) {
            object["webhookHeaders"] = ["Authorization": .string("Bearer \(UInt8.random(in: 0...9, using: &random))")]
        }
        return .object(object)
    }
}
