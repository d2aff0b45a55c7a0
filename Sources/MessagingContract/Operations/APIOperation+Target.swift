extension APIOperation {
    /// Returns the target of a request: the path with its path parameters filled in, in order, and the query.
    public func target(_ pathParameters: [String], _ query: Query = Query()) -> String {
        path.filled(pathParameters) + (query.items.isEmpty ? "" : "?\(query.text)")
    }
}

extension String {
    /// Returns the path with its path parameters replaced in order by these values, percent-encoded. Without a value a parameter stays.
    func filled(_ values: [String]) -> String {
        var values = values[...]
        var filled = ""
        var rest = self[...]
        while let brace = rest.utf8.firstIndex(of: UInt8(ascii: "{")), let value = values.popFirst() {
            filled += rest[..<brace]
            filled += value.percentEncoded
            rest = rest[(rest.utf8[brace...].firstIndex(of: UInt8(ascii: "/")) ?? rest.endIndex)...]
        }
        return filled + rest
    }
}
