extension APIOperation {
    /// The target of a request: the path with its holes filled in order, and the query.
    public func target(_ holes: [String], _ query: Query = Query()) -> String {
        path.filled(holes) + (query.items.isEmpty ? "" : "?\(query.text)")
    }
}

extension String {
    /// The path with its holes filled in order by these values, each percent-encoded; a hole too many stays.
    func filled(_ values: [String]) -> String {
        var values = values[...]
        return split(separator: "/", omittingEmptySubsequences: false).map { segment in
            segment.hasPrefix("{") ? values.popFirst()?.percentEncoded ?? String(segment) : String(segment)
        }
        .joined(separator: "/")
    }
}
