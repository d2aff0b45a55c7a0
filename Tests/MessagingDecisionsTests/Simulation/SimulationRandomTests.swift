import MessagingContract
import MessagingDecisions
import Randomness
import Testing

/// Random logs compared with a plain model that reads them whole, calls the matching function for each row, and has no groups.
@Suite struct SimulationRandomTests {
    private static let types = [
        "image/png", "IMAGE/png", "image/png;a=b", "image/gif", "video/mp4", "application/vnd.x", "nothing", "image/*",
        "a/b/c", "*/*",
    ]
    private static let entries = ["image/png", "Image/*", "video/MP4", "*/*", "application/*", "image/GIF"]

    private struct Row {
        let direction: MessageDirection
        let mime: String
    }

    private static func profile(_ random: inout SplitMix) -> MediaTypes {
        let list = { (random: inout SplitMix) in
            (0..<pick(4, &random)).map { _ in entries[pick(entries.count, &random)] }
        }
        return .allowing(inbound: list(&random), outbound: list(&random))
    }

    private static func pick(_ limit: Int, _ random: inout SplitMix) -> Int { Int(random.next() % UInt64(limit)) }

    /// The log, and its rows that are well-formed.
    private static func log(_ format: AttachmentLog.Format, _ random: inout SplitMix) -> (text: String, rows: [Row]) {
        var rows: [Row] = []
        var lines = format == .csv ? ["mime,x,direction"] : []
        for _ in 0..<pick(40, &random) {
            let row = Row(
                direction: MessageDirection.allCases[pick(2, &random)],
                mime: types[pick(types.count, &random)]
            )
            let direction = pick(2, &random) == 0 ? row.direction.rawValue : row.direction.rawValue.uppercased()
            switch pick(8, &random) {
            case 0: lines.append(format == .csv ? "broken" : "{broken")
            case 1: lines.append("")
            case 2 where format == .csv:
                lines.append("\"\(row.mime)\",\"a \"\"b\"\",\r\nc\",\"\(direction)\"")
                rows.append(row)
            default:
                let object: JSON = ["direction": .string(direction), "x": "\n", "mime": .string(row.mime)]
                let text = String(decoding: object.bytes, as: UTF8.self)
                lines.append(format == .csv ? "\(row.mime),,\(direction)" : text)
                rows.append(row)
            }
        }
        return (lines.joined(separator: pick(2, &random) == 0 ? "\n" : "\r\n"), rows)
    }

    @Test(arguments: AttachmentLog.Format.allCases) func countsEqualThoseOfTheSingleRows(
        _ format: AttachmentLog.Format
    ) throws {
        var random = SplitMix(seed: 20_260_301)
        for _ in 0..<500 {
            let (today, proposed) = (Self.profile(&random), Self.profile(&random))
            let (text, rows) = Self.log(format, &random)
            let whole = try Simulation.of(text, format, today: today, proposed: proposed)
            let size = 1 + Self.pick(50, &random)
            #expect(try Simulation.of(text, format, today: today, proposed: proposed, pieces: size) == whole)
            let passes = { (types: MediaTypes) in rows.filter { types.entry(for: $0.mime, $0.direction) != nil } }
            #expect(whole.rows == rows.count)
            #expect(whole.today.allowedRows == passes(today).count)
            #expect(whole.proposed?.allowedRows == passes(proposed).count)
            #expect(whole.newlyAllowedRows == passes(proposed).count { today.entry(for: $0.mime, $0.direction) == nil })
            #expect(whole.newlyBlockedRows == passes(today).count { proposed.entry(for: $0.mime, $0.direction) == nil })
            #expect(whole.groups.reduce(0) { $0 + $1.rows } == rows.count)
            for group in whole.groups {
                let list = today.list(group.direction)
                let index = list.firstMatch(for: group.mediaType ?? "none")
                #expect(group.today.entry == index.map { DecidingEntry(type: list[$0].type, index: $0) })
            }
            #expect(whole.groups.map(\.rows) == whole.groups.map(\.rows).sorted(by: >))
        }
    }

    @Test func theIndexAgreesWithTheLinearSearch() {
        var random = SplitMix(seed: 7)
        let parts = ["a", "b", "A", "*", "ab", "x.y"]
        let type = { (random: inout SplitMix) in
            "\(parts[Self.pick(parts.count, &random)])/\(parts[Self.pick(parts.count, &random)])"
        }
        for _ in 0..<20_000 {
            let list = (0..<Self.pick(6, &random)).map { _ in MediaType(type: type(&random)) }
            let asked = type(&random)
            guard let concrete = MediaType.concrete(asked) else { continue }
            let walked = list.firstMatch(for: asked)
            #expect(
                MediaTypeIndex(list).entry(forConcrete: concrete)?.index == walked,
                "\(asked) in \(list.map(\.type))"
            )
        }
    }
}
