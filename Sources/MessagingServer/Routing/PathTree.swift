import MessagingContract

/// A tree of paths that finds routes by the bytes of a path. A literal segment has precedence over a path parameter, and a path parameter
/// over a tail.
///
/// - A literal segment matches its own spelling only, since an escape in it would evade a proxy's rule for the path.
/// - A path parameter, as in `/settings/{id}`, is percent-decoded exactly once. It has no invalid escape and no NUL. It is not a dot segment
///   (RFC 3986, section 3.3), which a proxy may have resolved to another path.
/// - A tail, as in `/console/{file...}`, is the rest of the path, of one segment or more. Each has the form of a path parameter, and after
///   decoding no slash, backslash or control character.
/// - An empty segment matches nothing, so a path with `//` or with a slash at its end is not found.
struct PathTree: Sendable {
    private struct Node: Sendable {
        /// The routes of the path that ends here.
        var routes: [Route] = []
        /// The literal segments that may follow, with the places of their nodes.
        var literals: [(segment: [UInt8], node: Int)] = []
        /// The node of a path parameter that may follow.
        var pathParameter: Int?
        /// The node of a tail that may follow.
        var tail: Int?

        func literal(_ segment: Range<Int>, in bytes: Span<UInt8>) -> Int? {
            for literal in literals where literal.segment.count == segment.count {
                var index = segment.count
                while index > 0, literal.segment[index - 1] == bytes[segment.lowerBound + index - 1] { index -= 1 }
                if index == 0 { return literal.node }
            }
            return nil
        }
    }

    private var nodes = [Node()]

    /// Adds a route at its path.
    mutating func insert(_ route: Route) {
        let end = route.path.split(separator: "/").reduce(0) { child(of: $0, for: $1) }
        nodes[end].routes.append(route)
    }

    /// Returns the routes of a path in these bytes, and the decoded path parameters. Returns nil if there are none.
    func find(_ path: Range<Int>, in bytes: Span<UInt8>) -> (routes: [Route], pathParameters: [String])? {
        guard !path.isEmpty, bytes[path.lowerBound] == UInt8(ascii: "/"),
            let (node, pathParameters) = find(path.lowerBound + 1, path.upperBound, in: bytes, from: 0)
        else { return nil }
        return (nodes[node].routes, pathParameters)
    }

    /// The routes of the path `/`; nil if there are none.
    var root: (routes: [Route], pathParameters: [String])? { nodes[0].routes.isEmpty ? nil : (nodes[0].routes, []) }

    /// Returns the node of the path whose first unmatched segment begins at `start`, and the decoded path parameters of its segments.
    /// Returns nil if no path matches.
    private func find(_ start: Int, _ end: Int, in bytes: Span<UInt8>, from place: Int) -> (Int, [String])? {
        let segment = start..<bytes.first(UInt8(ascii: "/"), in: start..<end)
        if segment.isEmpty { return nil }
        if let child = nodes[place].literal(segment, in: bytes),
            let found = follow(segment.upperBound, end, in: bytes, from: child)
        {
            return found
        }
        if let child = nodes[place].pathParameter,
            let (node, pathParameters) = follow(segment.upperBound, end, in: bytes, from: child),
            let value = Self.decoded(segment, in: bytes)
        {
            return (node, pathParameters.isEmpty ? [value] : [value] + pathParameters)
        }
        if let child = nodes[place].tail, let value = Self.tail(start..<end, in: bytes) { return (child, [value]) }
        return nil
    }

    /// Continues after a segment that ends at `position`.
    private func follow(_ position: Int, _ end: Int, in bytes: Span<UInt8>, from place: Int) -> (Int, [String])? {
        if position < end { return find(position + 1, end, in: bytes, from: place) }
        return nodes[place].routes.isEmpty ? nil : (place, [])
    }

    private static func decoded(_ segment: Range<Int>, in bytes: Span<UInt8>) -> String? {
        let text = bytes.text(segment)
        guard bytes.first(UInt8(ascii: "%"), in: segment) < segment.upperBound else {
            return text == "." || text == ".." ? nil : text
        }
        guard let decoded = String(percentDecoding: text[...]), decoded != ".", decoded != "..",
            !decoded.utf8.contains(0)
        else { return nil }
        return decoded
    }

    private static func tail(_ path: Range<Int>, in bytes: Span<UInt8>) -> String? {
        var segments: [String] = []
        var start = path.lowerBound
        while start <= path.upperBound {
            let end = bytes.first(UInt8(ascii: "/"), in: start..<path.upperBound)
            guard end > start, let segment = decoded(start..<end, in: bytes),
                segment.utf8.allSatisfy({
                    $0 >= 0x20 && $0 != 0x7F && $0 != UInt8(ascii: "/") && $0 != UInt8(ascii: "\\")
                })
            else { return nil }
            segments.append(segment)
            start = end + 1
        }
        return segments.joined(separator: "/")
    }

    /// Returns the place of a node's child for a segment of an inserted path. Creates it if there is none.
    private mutating func child(of place: Int, for segment: Substring) -> Int {
        let bytes = Array(segment.utf8)
        if segment.hasPrefix("{"), segment.hasSuffix("...}") {
            if let child = nodes[place].tail { return child }
            nodes[place].tail = nodes.count
        } else if segment.hasPrefix("{") {
            if let child = nodes[place].pathParameter { return child }
            nodes[place].pathParameter = nodes.count
        } else {
            if let child = nodes[place].literal(bytes.indices, in: bytes.span) { return child }
            nodes[place].literals.append((bytes, nodes.count))
        }
        nodes.append(Node())
        return nodes.count - 1
    }
}
