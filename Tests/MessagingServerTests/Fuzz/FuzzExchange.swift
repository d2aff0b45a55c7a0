/// Some mutants in a row on one connection, after which the client closes its sending side, and all received bytes.
struct FuzzExchange: Sendable {
    /// How long the server may take. Its own limits are longer, so that no hang can hide behind one of them.
    static let patience = Duration.seconds(240)

    let mutants: [FuzzMutant]
    let answers: [RawAnswer]
    /// The bytes after the last response.
    let rest: [UInt8]
    let end: BlockingClient.End

    /// Sends them, and waits until the server closes the connection.
    init(_ mutants: [FuzzMutant], to server: ListeningServer) async throws {
        let (bytes, end) = try await BlockingClient.onThread {
            try BlockingClient(port: server.port).exchange(Self.segments(mutants), within: Self.patience)
        }
        var rest = bytes[...]
        var answers: [RawAnswer] = []
        while let (answer, length) = RawAnswer.parse(rest, isAll: true) {
            rest = rest.dropFirst(length)
            if answer.status != 100 { answers.append(answer) }
        }
        self.mutants = mutants
        self.answers = answers
        self.rest = Array(rest)
        self.end = end
    }

    /// The mutants that must be sent again, because the server rightly closed the connection after an earlier one.
    var unanswered: ArraySlice<FuzzMutant> {
        guard let last = answers.last, last.closes, answers.count < mutants.count else { return [] }
        return mutants.dropFirst(answers.count)
    }

    /// What is wrong; nil when the server did all that it must.
    var complaint: FuzzComplaint? {
        switch end {
        case .late: return FuzzComplaint(self, at: answers.count, "no end within \(Self.patience)")
        case .reset: return FuzzComplaint(self, at: answers.count, "a reset, after \(rest.shown)")
        case .closed: break
        }
        if !rest.isEmpty { return FuzzComplaint(self, at: answers.count, "no whole answer of HTTP/1.1: \(rest.shown)") }
        for (index, answer) in answers.enumerated() {
            let mutant = mutants[min(index, mutants.count - 1)]
            if let reason = answer.fault(to: mutant.request) { return FuzzComplaint(self, at: index, reason) }
            if answer.closes, index < answers.count - 1 {
                return FuzzComplaint(self, at: index, "an answer after the last one")
            }
        }
        if answers.count < mutants.count, answers.last?.closes != true, mutants[answers.count].mustBeAnswered {
            return FuzzComplaint(self, at: answers.count, "no answer, and the connection closed")
        }
        let wholes = mutants.count { $0.request.isWhole }
        if wholes == mutants.count, answers.count > wholes {
            return FuzzComplaint(self, at: wholes - 1, "\(answers.count) answers to \(wholes) requests")
        }
        return nil
    }

    private static func segments(_ mutants: [FuzzMutant]) -> [[UInt8]] {
        var segments: [[UInt8]] = [[]]
        for mutant in mutants {
            var start = 0
            for cut in mutant.cuts {
                segments[segments.count - 1] += mutant.bytes[start..<cut]
                segments.append([])
                start = cut
            }
            segments[segments.count - 1] += mutant.bytes[start...]
        }
        return segments.filter { !$0.isEmpty }
    }
}

/// What the server did wrong, and how to see it again.
struct FuzzComplaint: Sendable, CustomStringConvertible {
    let description: String

    fileprivate init(_ exchange: FuzzExchange, at index: Int, _ reason: String) {
        let place = min(index, exchange.mutants.count - 1)
        let answer = index < exchange.answers.count ? exchange.answers[index] : nil
        description = """
            \(reason)
            again: \(FuzzRun.command(exchange.mutants[place...place]))
            or with all of its connection: \(FuzzRun.command(exchange.mutants[...]))
            request: \(exchange.mutants[place].bytes.shown)
            answer: \(answer.map { "\($0.status) \($0.fields) \($0.bytes.shown)" } ?? "none")
            """
    }
}

extension [UInt8] {
    /// Readable, with an escape for each byte that is no visible character of ASCII; of many bytes the first ones.
    var shown: String {
        let text = prefix(4_000).map { byte in
            (0x20...0x7E).contains(byte) && byte != 0x5C
                ? String(Unicode.Scalar(byte)) : "\\x\(String(byte, radix: 16))"
        }
        return "\"\(text.joined())\"" + (count > 4_000 ? " and \(count - 4_000) bytes more" : "")
    }
}
