import Randomness

extension FuzzRequest {
    /// Says wrongly, twice or in contradiction where the body ends.
    mutating func mutateFraming(_ random: inout SplitMix) {
        isWhole = false
        let length = body.count
        let fields = random.pick([
            "Content-Length: \(length + 1)\r\n", "Content-Length: \(max(0, length - 1))\r\n", "Content-Length: -1\r\n",
            "Content-Length: \(length)\r\nContent-Length: \(length)\r\n",
            "Content-Length: 0\r\nContent-Length: \(length)\r\n",
            "Content-Length: \(length), \(length)\r\n", "Content-Length: +\(length)\r\n", "Content-Length: 0x1\r\n",
            "Content-Length: 99999999999999999999999\r\n", "Content-Length: 9223372036854775807\r\n",
            "Content-Length:\r\n",
            "Content-Length: \(length)\r\nTransfer-Encoding: chunked\r\n", "Content-Length : \(length)\r\n",
            "Transfer-Encoding: chunked\r\nContent-Length: \(length)\r\n", "Transfer-Encoding: chunked, chunked\r\n",
            "Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n", "Transfer-Encoding: gzip, chunked\r\n",
            "Transfer-Encoding: identity\r\n", "Transfer-Encoding: xchunked\r\n", "Transfer-Encoding : chunked\r\n",
            "Transfer-Encoding:\tchunked\r\n", "Transfer-Encoding: CHUNKED\r\n", "Transfer-Encoding: chunked\r\n",
            "Transfer-Encoding:\r\n chunked\r\n", "Content-Length: \(length)\r\nExpect: 100-continue\r\n", "",
            "Transfer-Encoding: chunked\r\nTrailer: Host\r\n",
            "Transfer_Encoding: chunked\r\nContent-Length: \(length)\r\n",
        ])
        framing = .bytes(fields: fields, body: fields.contains("hunked") ? chunked(&random) : body)
    }

    private func chunked(_ random: inout SplitMix) -> [UInt8] {
        let chunks = Self.chunks(body, [1 + random.number(below: 30)])
        let size = String(body.count, radix: 16)
        let wrong = random.pick([
            "\(size);a=b", "\(size) ", " \(size)", "+\(size)", "-1", "0x\(size)", "0\(size)", "FFFFFFFFFFFFFFFF",
            "10000000000000000", "",
            "x", "\(size);" + String(repeating: "e", count: random.pick([1, 20_000])), "\(size)\n", "\(size)\r",
            "00000000000000000\(size)",
        ])
        switch random.number(below: 6) {
        case 0: return chunks
        case 1: return Array(chunks.dropLast(2)) + Array("Host: x\r\nAuthorization: y\r\n\r\n".utf8)
        case 2: return Array(chunks.dropLast(2)) + Array(String(repeating: "T: t\r\n", count: 200).utf8) + [13, 10]
        case 3: return Array("\(size)\r\n".utf8) + body + Array("0\r\n\r\n".utf8)
        default: return Array("\(wrong)\r\n".utf8) + body + Array("\r\n0\r\n\r\n".utf8)
        }
    }
}
