import MessagingContract
import Randomness
import Testing

@Suite("JSON properties")
struct JSONPropertyTests {
    /// A document with every kind of value, escape and spacing.
    private static let rich = Array(
        """
         {"name" : "Gr\\u00fc\\u00dfe \\ud83d\\ude00 é€😀 \\"\\\\\\/\\b\\f\\n\\r\\t", "n":[0,-0.5,1e10,1.25E-3,-12,true,false,null],
        \t"nested":{"a":{"b":[[],{},[{"c":"d"}]]},"":""},"last":"x"}
        """.utf8
    )

    @Test("writing and parsing gives the value back")
    func roundTrip() throws {
        var generator = SplitMix(seed: 1)
        for _ in 0..<2_000 {
            let value = generator.json()
            let bytes = value.bytes
            let read = try JSON(parsing: bytes)
            #expect(read == value)
            #expect(read.hashValue == value.hashValue)
            #expect(read.bytes == bytes)
            #expect(try JSON(parsing: value.pretty) == value)
        }
    }

    @Test("no document cut short is accepted")
    func prefixes() throws {
        let value = try JSON(parsing: Self.rich)
        #expect(value["n"]?.array?.count == 8)
        for count in 0..<Self.rich.count {
            let error = #expect(throws: JSON.SyntaxError.self) { try JSON(parsing: Array(Self.rich[..<count])) }
            #expect(error?.reason == .unexpectedEnd || error?.reason == .invalidUTF8, "\(count)")
            if error?.reason == .unexpectedEnd { #expect(error?.offset == count) }
        }
    }

    @Test("changed bytes never trap, and what is accepted comes back the same", arguments: 0..<4 as Range<UInt64>)
    func mutations(seed: UInt64) throws {
        var generator = SplitMix(seed: seed)
        let alphabet =
            Array("\"\\{}[]:,u0123456789abcdefDdEe+-. \ttruefalsn/".utf8) + [0x00, 0x80, 0xBF, 0xC3, 0xED, 0xF0, 0xFF]
        var accepted = 0
        for _ in 0..<5_000 {
            var bytes = Self.rich
            for _ in 0..<Int.random(in: 1...3, using: &generator) {
                let place = bytes.indices.randomElement(using: &generator) ?? 0
                let byte = alphabet.randomElement(using: &generator) ?? 0
                switch Int.random(in: 0..<4, using: &generator) {
                case 0: bytes.remove(at: place)
                case 1: bytes.insert(byte, at: place)
                case 2: bytes[place] = UInt8.random(in: .min ... .max, using: &generator)
                default: bytes[place] = byte
                }
            }
            do {
                let value = try JSON(parsing: bytes)
                accepted += 1
                guard try JSON(parsing: value.bytes) == value else {
                    Issue.record("not the same: \(String(decoding: bytes, as: UTF8.self))")
                    continue
                }
            } catch {
                guard (0...bytes.count).contains(error.offset) else {
                    Issue.record("offset \(error.offset) of \(bytes.count)")
                    continue
                }
            }
        }
        #expect((500..<4_500).contains(accepted), "the mutations test something")
    }

    @Test("any bytes at all are refused or accepted", arguments: 0..<2 as Range<UInt64>)
    func noise(seed: UInt64) throws {
        var generator = SplitMix(seed: 100 + seed)
        let alphabet = Array("\"\\{}[]:,u01e-. tn".utf8)
        for _ in 0..<5_000 {
            let bytes = (0..<Int.random(in: 0...12, using: &generator)).map { _ in
                alphabet.randomElement(using: &generator) ?? 0
            }
            guard let value = try? JSON(parsing: bytes) else { continue }
            #expect(try JSON(parsing: value.bytes) == value)
        }
    }
}
