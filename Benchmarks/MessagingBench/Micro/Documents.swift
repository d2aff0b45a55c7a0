import Foundation
import MessagingContract

extension Comparison {
    /// Reading and writing the objects of the API, beside Foundation.
    static func documents() throws -> [Comparison] {
        let profiles = [3, 100].map(SupportedContent.bench)
        return try documents("a setting", MessagingSetting.bench(1), FoundationSetting.self)
            + profiles.flatMap { profile in
                let count = profile.mediaTypes?.allow?.inbound?.count ?? 0
                return try documents("a profile of \(count) types", profile, FoundationProfile.self)
            }
    }

    private static func documents<Object: WireObject, Other: Codable>(
        _ name: String,
        _ object: Object,
        _ type: Other.Type
    ) throws -> [Comparison] {
        let json = object.json
        let bytes = json.bytes
        let data = Data(bytes)
        let other = try JSONDecoder().decode(type, from: data)
        let (decoder, encoder) = (JSONDecoder(), JSONEncoder())
        return [
            Comparison(
                "parse \(name), \(bytes.count) bytes",
                [
                    Way("JSON(parsing:)") { try JSON(parsing: bytes).object?.count ?? 0 },
                    Way("JSONDecoder, into structs") {
                        withExtendedLifetime(try decoder.decode(type, from: data)) { 1 }
                    },
                    Way("JSONSerialization") {
                        (try JSONSerialization.jsonObject(with: data) as? [String: Any])?.count ?? 0
                    },
                ]
            ),
            Comparison(
                "decode \(name), \(bytes.count) bytes",
                [
                    Way("\(Object.self)(document:)") { withExtendedLifetime(try Object(document: bytes)) { 1 } },
                    Way("JSONDecoder, into structs") {
                        withExtendedLifetime(try decoder.decode(type, from: data)) { 1 }
                    },
                ]
            ),
            Comparison("write \(name), \(bytes.count) bytes", [Way("JSON.bytes") { json.bytes.count }]),
            Comparison(
                "encode \(name), \(bytes.count) bytes",
                [
                    Way("\(Object.self).json.bytes") { object.json.bytes.count },
                    Way("JSONEncoder, from structs") { try encoder.encode(other).count },
                ]
            ),
        ]
    }

    /// Writing and reading a date.
    static func dates() -> [Comparison] {
        let date = Date(timeIntervalSince1970: 1_772_356_527.104)
        let text = date.wire
        let style = Date.ISO8601FormatStyle(includingFractionalSeconds: true)
        return [
            Comparison(
                "write a date",
                [
                    Way("Date.wire") { date.wire.utf8.count },
                    Way("Date.ISO8601FormatStyle") { style.format(date).utf8.count },
                ]
            ),
            Comparison(
                "read a date",
                [
                    Way("Date(wire:)") { Date(wire: text) == nil ? 0 : 1 },
                    Way("Date.ISO8601FormatStyle") { try style.parse(text) == date ? 0 : 1 },
                ]
            ),
        ]
    }
}
