import MessagingContract
import Randomness

/// A document that need not be JSON: its leaves and names are any bytes, and names may repeat.
indirect enum FuzzJSON {
    case leaf([UInt8])
    case array([FuzzJSON])
    case object([(name: [UInt8], value: FuzzJSON)])

    init(_ json: JSON) {
        switch json {
        case .array(let elements): self = .array(elements.map(FuzzJSON.init))
        case .object(let object):
            self = .object(object.members.map { (JSON.string($0.name).bytes, FuzzJSON($0.value)) })
        default: self = .leaf(json.bytes)
        }
    }

    var bytes: [UInt8] {
        switch self {
        case .leaf(let bytes): bytes
        case .array(let elements): [91] + elements.map(\.bytes).joined(separator: [44]) + [93]
        case .object(let members):
            [123] + members.map { $0.name + [58] + $0.value.bytes }.joined(separator: [44]) + [125]
        }
    }

    /// Changes one place of it, at any depth.
    mutating func mutate(_ random: inout SplitMix) {
        switch self {
        case .array(var elements) where !elements.isEmpty && !random.once(in: 3):
            elements[random.number(below: elements.count)].mutate(&random)
            self = .array(elements)
        case .object(var members) where !members.isEmpty && !random.once(in: 4):
            let index = random.number(below: members.count)
            switch random.number(below: 9) {
            case 0: members.remove(at: index)
            case 1: members.append(members[index])
            case 2: members.append((members[index].name, random.leaf()))
            case 3: members[index].name = random.pick(Self.names)
            case 4: members.append((random.pick(Self.names), random.leaf()))
            default: members[index].value.mutate(&random)
            }
            self = .object(members)
        default:
            switch random.number(below: 6) {
            case 0: self = .array([self])
            case 1: self = .object([(Array(#""a""#.utf8), self)])
            case 2: self = FuzzJSON(random.json(depth: 4))
            default: self = random.leaf()
            }
        }
    }

    private static let names =
        [
            #""""#, #""name""#, #""id""#, #""n\u0061me""#, #""\u0000""#, #""\ud800""#, "name", "null", #""version""#,
            #""content""#,
            #""mediaTypes""#, #""selfUri""#, #""dateCreated""#, #""__proto__""#, "1", #""\q""#, #""\#u{202E}""#,
            #"'name'"#,
        ].map { Array($0.utf8) } + [[34, 255, 34], [34, 10, 34], [34]]
    fileprivate static let leaves =
        [
            "null", "true", "false", "0", "-0", "1", "-1", "1.0", "1e999", "-1e-999", "1E+2", "01", "1.", ".5", "+1",
            "0x1", "NaN", "Infinity",
            "9223372036854775807", "9223372036854775808", "1e9223372036854775808", String(repeating: "9", count: 400),
            "0." + String(repeating: "0", count: 400) + "1", "[]", "{}", "[{}]", #""""#, #"" ""#, #""x""#, #""\u0000""#,
            #""\ud800""#,
            #""\udc00""#, #""\ud83d\ude00""#, #""\ude00\ud83d""#, #""\uD800\u0041""#, #""\u00""#, #""\x""#, #""\"#,
            #""a"#, "\"\t\"", "\"\0\"",
            "'a'", "undefined", "", ",", "[1,]", "[,]", #"{"a"}"#, #"{"a":}"#, #"{,}"#, "tru", "nul", "/**/1",
            "\u{FEFF}1", #""Enabled""#,
            #""enabled""#, #""image/*""#, #""*/*""#, #""/""#, #""image/\u0000""#,
            #""01a1b2c3-0000-7000-8000-000000000000""#, "\"\u{202E}\"",
        ].map { Array($0.utf8) } + [
            [34, 0xC0, 0xAF, 34], [34, 0xED, 0xA0, 0x80, 34], [34, 0xF5, 0x80, 34], [0xFF], [34, 0xE2, 0x82, 34],
        ]
}

extension SplitMix {
    fileprivate mutating func leaf() -> FuzzJSON {
        if once(in: 20) {
            let depth = pick([30, 62, 63, 64, 65, 2_000, 20_000])
            let (open, close) = pick([("[", "]"), (#"{"a":"#, "}"), ("[", "")])
            return .leaf(
                Array((String(repeating: open, count: depth) + "1" + String(repeating: close, count: depth)).utf8)
            )
        }
        if once(in: 20) {
            return .leaf(Array("\"\(String(repeating: "n", count: pick([255, 256, 257, 5_000])))\"".utf8))
        }
        return .leaf(pick(FuzzJSON.leaves))
    }
}
