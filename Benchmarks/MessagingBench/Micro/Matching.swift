import MessagingContract
import MessagingDecisions

extension Comparison {
    /// What a profile does to attachments, of which most match its last entry.
    static func matching() -> [Comparison] {
        let png: [UInt8] = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, 0, 0, 0, 0x0D]
        return [3, 100].flatMap { count in
            let profile = SupportedContent.bench(count)
            let list = profile.mediaTypes?.allow?.inbound ?? []
            let last = list.last?.type ?? ""
            let index = MediaTypeIndex(list)
            func decide(_ name: String, _ attachment: MessageAttachment) -> Comparison {
                let request = DecisionRequest(direction: .inbound, attachments: [attachment])
                return Comparison(
                    "decide on \(name), profile of \(count) types",
                    [Way("SupportedContent.decide") { profile.decide(request).attachments.count }]
                )
            }
            return [
                decide("a media type", MessageAttachment(mime: last)),
                decide("a media type that is not listed", MessageAttachment(mime: "text/calendar")),
                decide("a filename", MessageAttachment(filename: "Holiday 2026.png")),
                decide("first bytes", MessageAttachment(firstBytes: png)),
                Comparison(
                    "find a media type among \(count)",
                    [
                        Way("MediaTypeIndex") { index.entry(forConcrete: last)?.index ?? -1 },
                        Way("[MediaType].firstMatch") { list.firstMatch(for: last) ?? -1 },
                    ]
                ),
                Comparison(
                    "index \(count) media types",
                    [Way("MediaTypeIndex") { withExtendedLifetime(MediaTypeIndex(list)) { 1 } }]
                ),
            ]
        }
    }
}
