import MessagingContract
import Testing

@Suite("JSON objects")
struct JSONObjectTests {
    @Test(
        "a repeated name is refused at its second place",
        arguments: [
            (#"{"a":1,"a":1}"#, 7), (#"{"a":1,"b":2,"a":null}"#, 13), (#"{"":1,"":2}"#, 6),
            (#"{"a":1,"\u0061":2}"#, 7), (#"{"\n":1,"\u000a":2}"#, 8), (#"{"é":1,"\u00e9":2}"#, 8),
            (#"{"😀":1,"\ud83d\ude00":2}"#, 10), (#"{"/":1,"\/":2}"#, 7), (#"[{"x":{"a":1,"a"!}}]"#, 13),
        ]
    )
    func duplicates(text: String, offset: Int) {
        let error = #expect(throws: JSON.SyntaxError.self) { try JSON(parsing: Array(text.utf8)) }
        #expect(error?.reason == .duplicateName)
        #expect(error?.offset == offset)
    }

    @Test("a repeated name is found at every distance", arguments: [2, 3, 15, 16, 17, 18, 100])
    func duplicatesAmongMany(count: Int) throws {
        let members = (0..<count).map { "\"n\($0)\":\($0)" }
        let object = try #require(try JSON(parsing: Array("{\(members.joined(separator: ","))}".utf8)).object)
        for place in 0..<count {
            #expect(object["n\(place)"] == JSON(integerLiteral: place))
            let text = "{\((members + ["\"n\(place)\":0"]).joined(separator: ","))}"
            #expect(throws: JSON.SyntaxError.self) { try JSON(parsing: Array(text.utf8)) }
        }
        #expect(object["n"] == nil)
        #expect(object["n\(count)"] == nil)
    }

    @Test("composed and decomposed names differ")
    func normalization() throws {
        let (composed, decomposed) = ("\u{e9}", "e\u{301}")
        let value = try JSON(parsing: Array("{\"\(composed)\":1,\"\(decomposed)\":2}".utf8))
        #expect(value[composed] == 1)
        #expect(value[decomposed] == 2)
        #expect(JSON.string(composed) != JSON.string(decomposed))
        #expect(JSON.object([composed: 1]) != JSON.object([decomposed: 1]))
        // The same length in UTF-8 and canonically equivalent.
        #expect(JSON.string("q\u{307}\u{323}") != JSON.string("q\u{323}\u{307}"))
        #expect(Set([JSON.string(composed), JSON.string(decomposed)]).count == 2)
    }

    @Test("setting keeps the place, adds at the end, and nil removes")
    func subscripting() {
        var object: JSON.Object = ["a": 1, "b": 2, "c": 3]
        object["b"] = "new"
        object["d"] = 4
        object["a"] = nil
        object["absent"] = nil
        object["e"] = .null
        #expect(object.map(\.name) == ["b", "c", "d", "e"])
        #expect(object["b"] == "new")
        #expect(object["a"] == nil)
        #expect(object["e"] == JSON.null)
        #expect(object.count == 4)
        #expect(JSON.Object().isEmpty)
    }

    @Test("members are found while many are added and removed")
    func growing() {
        var object = JSON.Object()
        for number in 0..<40 { object["n\(number)"] = JSON(integerLiteral: number) }
        for removed in 0..<40 {
            object["n\(removed)"] = nil
            for number in 0..<40 {
                #expect(object["n\(number)"] == (number > removed ? .some(JSON(integerLiteral: number)) : .none))
            }
            #expect(object.count == 39 - removed)
        }
    }

    @Test("order does not matter for equality and hashing", arguments: [3, 16, 17, 60])
    func equality(count: Int) {
        var forward = JSON.Object()
        for number in 0..<count { forward["n\(number)"] = [JSON(integerLiteral: number)] }
        var backward = JSON.Object()
        for number in (0..<count).reversed() { backward["n\(number)"] = [JSON(integerLiteral: number)] }
        #expect(forward == backward)
        #expect(forward.hashValue == backward.hashValue)
        backward["n1"] = 1
        #expect(forward != backward)
        backward["n1"] = nil
        backward["other"] = [1]
        #expect(forward != backward)
        backward["other"] = nil
        #expect(forward != backward)
        #expect(backward != forward)
    }

    @Test("a name given twice in a literal keeps its place and gets the last value")
    func literal() {
        let object: JSON.Object = ["a": 1, "b": 2, "a": 3]
        #expect(object.map(\.name) == ["a", "b"])
        #expect(object["a"] == 3)
    }

    @Test("accessors give the value of their own kind only")
    func accessors() {
        let values: [JSON] = [nil, true, 1, "a", [1], ["a": 1]]
        #expect(values.map(\.isNull) == [true, false, false, false, false, false])
        #expect(values.map(\.bool) == [nil, true, nil, nil, nil, nil])
        #expect(values.map(\.number) == [nil, nil, JSON.Number(1), nil, nil, nil])
        #expect(values.map(\.string) == [nil, nil, nil, "a", nil, nil])
        #expect(values.map(\.array) == [nil, nil, nil, nil, [1], nil])
        #expect(values.map(\.object) == [nil, nil, nil, nil, nil, ["a": 1]])
        #expect(values.map { $0["a"] } == [nil, nil, nil, nil, nil, 1])
    }
}
