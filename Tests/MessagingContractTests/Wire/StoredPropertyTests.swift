import Testing

@testable import MessagingContract

@Suite struct StoredPropertyTests {
    private struct Inner: Equatable {
        var flag = false
        var number = 1
    }

    private struct Owner {
        var byte: UInt8 = 7
        var text = "a text that is not stored in place"
        var maybe: [Int]?
        var inner = Inner()
        var observed = 0 { didSet { changes += 1 } }
        var changes = 0
        var computed: Int {
            get { inner.number * 2 }
            set { inner.number = newValue / 2 }
        }
    }

    @Test func valuesAreReadAndWrittenInTheirPlace() {
        var owner = Owner()
        StoredProperty(\Owner.text).set("another text that is not stored in place", of: &owner)
        StoredProperty(\Owner.maybe).set([1, 2, 3], of: &owner)
        StoredProperty(\Owner.inner.number).set(5, of: &owner)
        #expect(owner.text == "another text that is not stored in place")
        #expect(owner.maybe == [1, 2, 3])
        #expect(owner.inner == Inner(flag: false, number: 5))
        #expect(owner.byte == 7)
        #expect(StoredProperty(\Owner.text).value(of: owner) == owner.text)
        #expect(StoredProperty(\Owner.maybe).value(of: owner) == owner.maybe)
        #expect(StoredProperty(\Owner.inner.number).value(of: owner) == 5)
    }

    @Test func aValueOutlivesItsOwner() {
        var owner: Owner? = Owner(maybe: Array(repeating: 4, count: 100))
        let kept = owner.flatMap { StoredProperty(\Owner.maybe).value(of: $0) }
        owner = nil
        #expect(kept == Array(repeating: 4, count: 100))
    }

    @Test func propertiesThatAreNotOnlyMemoryKeepTheirBehavior() {
        var owner = Owner()
        StoredProperty(\Owner.observed).set(3, of: &owner)
        StoredProperty(\Owner.computed).set(8, of: &owner)
        #expect(owner.observed == 3)
        #expect(owner.changes == 1)
        #expect(owner.inner.number == 4)
        #expect(StoredProperty(\Owner.computed).value(of: owner) == 8)
    }
}
