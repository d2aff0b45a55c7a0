import MessagingContract

/// Pages in JSON, with the bytes that a ``Listing`` with the same objects has. The objects were encoded when they were stored.
extension PageLinks {
    /// What precedes the objects.
    static let begin: StaticString = #"{"entities":["#

    /// Returns the page with these encoded objects.
    func bytes(with objects: [[UInt8]]) -> [UInt8] {
        let end = end
        var bytes: [UInt8] = []
        bytes.reserveCapacity(Self.begin.utf8CodeUnitCount + objects.reduce(0) { $0 + $1.count + 1 } + end.count)
        bytes.append(Self.begin)
        for (index, object) in objects.enumerated() {
            if index > 0 { bytes.append(",") }
            bytes += object
        }
        bytes += end
        return bytes
    }

    /// What follows the objects.
    var end: [UInt8] {
        let before = Self.quoted(beforeNumber).dropLast()
        let after = Self.quoted(afterNumber).dropFirst()
        var bytes: [UInt8] = []
        bytes.reserveCapacity(256 + 5 * (before.count + after.count + 10))
        func add(_ member: StaticString, _ number: Int) {
            bytes.append(member)
            bytes.append(decimal: number)
        }
        func add(_ member: StaticString, page number: Int?) {
            guard let number else { return }
            bytes.append(member)
            bytes += before
            bytes.append(decimal: number)
            bytes += after
        }
        add(#"],"pageSize":"#, page.pageSize)
        add(#","pageNumber":"#, page.pageNumber)
        add(#","total":"#, total)
        add(#","firstUri":"#, page: 1)
        add(#","previousUri":"#, page: previous)
        add(#","nextUri":"#, page: next)
        add(#","lastUri":"#, page: last)
        add(#","selfUri":"#, page: page.pageNumber)
        add(#","pageCount":"#, pageCount)
        bytes.append("}")
        return bytes
    }

    private static func quoted(_ text: String) -> [UInt8] {
        var bytes: [UInt8] = []
        JSON.writeString(text, to: &bytes)
        return bytes
    }
}
