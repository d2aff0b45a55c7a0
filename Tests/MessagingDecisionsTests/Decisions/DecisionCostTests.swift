import Foundation
import MessagingContract
import MessagingDecisions
import Randomness
import Testing
import ThreadTime

@Suite struct DecisionCostTests {
    private static func profile(_ types: [String]) -> SupportedContent {
        var profile = SupportedContent()
        profile.mediaTypes = MediaTypes(allow: MediaTypeAccess(inbound: types.map { MediaType(type: $0) }))
        return profile
    }

    @Test func manyAttachmentsAreDecidedAsEachOfThemAlone() {
        var random = SplitMix(seed: 11)
        let parts = ["a", "b", "A", "*", "ab", "", "x;y"]
        func type() -> String {
            "\(parts.randomElement(using: &random) ?? "")/\(parts.randomElement(using: &random) ?? "")"
        }
        for _ in 0..<200 {
            let profile = Self.profile((0..<Int.random(in: 0...20, using: &random)).map { _ in type() })
            let count = SupportedContent.fewAttachments + Int.random(in: -2...20, using: &random)
            let attachments = (0..<count).map { _ in MessageAttachment(mime: type()) }
            for direction in MessageDirection.allCases {
                let all = profile.decide(DecisionRequest(direction: direction, attachments: attachments)).attachments
                for (attachment, decision) in zip(attachments, all) {
                    let alone = profile.decide(DecisionRequest(direction: direction, attachments: [attachment]))
                    #expect(alone.attachments.first?.entry == decision.entry)
                    #expect(alone.attachments.first?.reason == decision.reason)
                }
            }
        }
    }

    @Test func aThousandTimesTheEntriesCostNowhereNearAThousandTimesTheWork() throws {
        let attachments = (0..<10_000).map { MessageAttachment(mime: "z/z\($0)") }
        let request = DecisionRequest(direction: .inbound, attachments: attachments)
        func cost(entries: Int) -> Double {
            let profile = Self.profile((0..<entries).map { "a/\($0)" })
            return threadSeconds { #expect(profile.decide(request).blocked == 10_000) }
        }
        _ = cost(entries: 1)
        var (few, many) = (Double.infinity, Double.infinity)
        for attempt in 0..<20 where attempt == 0 || many > 15 * few {
            (few, many) = (min(few, cost(entries: 20)), min(many, cost(entries: 20_000)))
        }
        #expect(many <= 15 * few, "\(few) s and \(many) s")
    }
}
