import MessagingContract
import Testing

@Suite struct EntityTagTests {
    @Test(arguments: ["", "a-1", "a%20b", "!#$~", "\u{E9}\u{20AC}"])
    func validCharactersOfATagAreKept(_ opaque: String) {
        #expect(EntityTag(opaque: opaque).field == "\"\(opaque)\"")
    }

    @Test(arguments: [
        ("a b", "a%20b"), ("a\"b", "a%22b"), ("a\r\nX-Evil: 1", "a%0D%0AX-Evil:%201"), ("\u{7F}\u{0}", "%7F%00"),
        ("\u{E9} ", "\u{E9}%20"),
    ])
    func invalidCharactersOfATagArePercentEncoded(_ opaque: String, _ encoded: String) throws {
        let tag = EntityTag(opaque: opaque)
        #expect(tag.opaque == encoded)
        #expect(try Precondition(ifMatch: nil, ifNoneMatch: tag.field).isNotModified(tag))
    }
}
