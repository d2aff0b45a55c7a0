import Randomness

extension FuzzRequest {
    mutating func mutateTarget(_ random: inout SplitMix) {
        switch random.number(below: 12) {
        case 0: method = random.pick(Self.methods)
        case 1: path = path.replacing("/", with: "//", maxReplacements: 1 + random.number(below: 4))
        case 2: path = escaped(path, &random)
        case 3: path = "http://\(random.pick(["test", "", "other:80", "[::1]"]))\(path)"
        case 4: insert(random.pick(Self.oddities), &random)
        case 5:
            path += String(
                repeating: random.pick(["x", "/", "%41", "/.."]),
                count: random.pick([1, 100, 2_000, 9_000])
            )
        case 6:
            path = random.pick([
                "*", "/", "", "test:80", "/api", "//", "/oauth/", "/OAUTH/token", "/%6fauth/token", "/oauth",
            ])
        case 7:
            path = path.replacing(
                "messaging",
                with: random.pick(["Messaging", "messagin%67", "..", "messaging/.", ""])
            )
        case 8: path += random.pick(["/", "//", "/x", ";a=b", "%2F", "#fragment", "?"])
        case 9: path = String(path.dropLast(1 + random.number(below: 12)))
        case 10:
            version = random.pick(["HTTP/1.0", "HTTP/2.0", "HTTP/1.2", "HTTP/0.9", "http/1.1", "HTTP/11", "X", ""])
        default: method = random.pick([method.lowercased(), " " + method, method + " ", "", method + method, "\u{E9}"])
        }
    }

    private static let methods = [
        "GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "PRI", "BREW", "PROPFIND",
    ]
    private static let oddities = [
        "%00", "\0", "%", "%zz", "%ff", "%c0%af", "%ed%a0%80", "%2e%2e", "\u{E9}", "\\", "\"", "<>", "{}", "\u{7F}",
        "\t", "\n", " ",
        "%0d%0a", "%25", "+", ":", "@", "\u{202E}", "|", "^",
    ]

    /// Each byte as an escape, now and then.
    private func escaped(_ text: String, _ random: inout SplitMix) -> String {
        text.utf8.map { byte in
            let isKept = !random.once(in: 4) || byte == UInt8(ascii: "/")
            let hex = String(byte, radix: 16)
            return isKept ? String(Unicode.Scalar(byte)) : "%\(byte < 16 ? "0" : "")\(hex)"
        }
        .joined()
    }

    private mutating func insert(_ text: String, _ random: inout SplitMix) {
        let place = path.index(path.startIndex, offsetBy: random.number(below: path.count + 1))
        path.insert(contentsOf: text, at: place)
    }

    mutating func mutateQuery(_ random: inout SplitMix) {
        var items: [String] = query.isEmpty ? [] : [query]
        for _ in 0...random.number(below: 3) {
            let name = random.pick([
                "pageSize", "pageNumber", "pageSize", "pageNumber", "PageSize", "page%53ize", "x", "", "\u{E9}",
            ])
            items.append(name + random.pick(["=", "=", "=", "", "=="]) + random.pick(Self.values))
        }
        query = items.joined(separator: random.pick(["&", "&", "&&", ";", "?", "%26"]))
        if random.once(in: 20) { query += String(repeating: "&pageSize=1", count: random.pick([10, 700])) }
    }

    private static let values = [
        "-1", "0", "1", "2", "100", "101", "2147483647", "2147483648", "9223372036854775807", "9223372036854775808",
        "-9223372036854775809", "99999999999999999999999999999999", String(repeating: "9", count: 3_000), "", "1e3",
        "1.0", "0x10",
        "+1", "%2B1", "%201", "1%20", "1 ", "%D9%A3", "%00", "%zz", "%", "%f", "%ff", "NaN", "true", "null", "[]",
        "1,2", "01", "-0", "'",
    ]

    mutating func mutateFields(_ random: inout SplitMix) {
        let name = random.pick(Self.names)
        let value = random.pick(Self.fieldValues)
        switch random.number(below: 8) {
        case 0: fields.insert((name, value), at: 0)
        case 1: self[name] = value
        case 2: for index in 0..<random.pick([2, 90, 120]) { fields.append(("X-\(index)", value)) }
        case 3: fields.append((random.pick(Self.brokenNames), value))
        case 4: fields.append((name, Array(repeating: UInt8(ascii: "x"), count: random.pick([300, 8_000, 17_000]))))
        case 5: fields.append(random.pick(fields.isEmpty ? [(name, value)] : fields))
        case 6: if !fields.isEmpty { fields.remove(at: random.number(below: fields.count)) }
        default: fields.append((name, random.bytes(upTo: 40).map { [10, 13].contains($0) ? 32 : $0 }))
        }
    }

    private static let names = [
        "Host", "Authorization", "Content-Type", "Accept", "Accept-Encoding", "If-Match", "If-None-Match",
        "Idempotency-Key",
        "Connection", "Expect", "Upgrade", "Origin", "Access-Control-Request-Method", "Cookie", "Date", "Range",
        "Trailer", "TE",
        "X-HTTP-Method-Override", "X-Forwarded-For", "ININ-Correlation-Id", "Content-Encoding", "purecloud-sdk",
        "Keep-Alive",
    ]
    private static let fieldValues =
        [
            "", " ", "*", "\"\"", "\"x\"", "W/\"x\"", "\"x", "x", "a,b", "\"a\", \"b\"", "close", "keep-alive",
            "upgrade", "100-continue",
            "gzip", "h2c", "application/json", "application/json; charset=utf-16", "text/plain",
            "application/merge-patch+json",
            "application/", ";", "multipart/form-data", "bytes=0-1", "null", "http://evil.example", "\0", "a\0b",
            "\u{E9}", "\t", "1;2;3",
            "Basic", "Bearer", "127.0.0.1, ::1", "test, test", "test:99999", "a@b", "\u{1B}[2J", "chunked",
        ].map { Array($0.utf8) } + [[0xFF, 0xFE], [0x80], Array(repeating: 0x2C, count: 500)]
    private static let brokenNames = ["", " X", "X Y", "X ", "\u{E9}", "X(", "\0", "X\t", ":", "X/", "\"X\"", "X\n"]
}

extension SplitMix {
    mutating func bytes(upTo count: Int) -> [UInt8] {
        (0..<number(below: count)).map { _ in UInt8(truncatingIfNeeded: next()) }
    }
}
