import HTTPTypes
import MessagingContract

/// A table that finds the route of a request by the bytes of its path, segment by segment. A literal segment has precedence over a path
/// parameter.
///
/// - A literal segment matches its own spelling only, since an escape in it would evade a proxy's rule for the path.
/// - A path parameter is percent-decoded exactly once. It has no invalid escape and no NUL. It is not a dot segment (RFC 3986, section
///   3.3), which a proxy may have resolved to another path.
/// - An empty segment matches nothing, so a path with `//` or with a slash at its end is not found.
/// - A HEAD has the route of the GET of the same path.
struct RouteTable: Sendable {
    /// The result of a lookup.
    enum Match: Sendable {
        /// A route, with the decoded path parameters.
        case route(Route, pathParameters: [String])
        /// A path that exists, but only with other methods. For an OPTIONS of `*` it stands for the whole server.
        case otherMethods([HTTPRequest.Method])
        /// The root, which redirects to the documentation.
        case root
        /// No route and no path.
        case nothing
    }

    private let nodes: [Node]
    /// The methods of all paths.
    private let methods: [HTTPRequest.Method]
    /// The methods of the root; empty if the documentation has no route.
    private let rootMethods: [HTTPRequest.Method]
    /// The first segments of the paths whose operations report errors in the OAuth form.
    private let oauthRoots: Set<String>

    init(_ routes: [Route]) {
        rootMethods = routes.contains { $0.id == DocumentEndpoints.reference.operation.id } ? [.get, .head] : []
        methods = Set(routes.map(\.operation.method)).union(rootMethods).inOrder
        let oauth = routes.filter { $0.operation.errorForm == .oauth }
        oauthRoots = Set(oauth.compactMap { $0.path.split(separator: "/").first.map(String.init) })
        var nodes = [Node()]
        for route in routes {
            let end = route.path.split(separator: "/").reduce(0) { Self.child(of: $0, for: $1, in: &nodes) }
            nodes[end].routes.append((route.operation.method, route))
        }
        self.nodes = nodes
    }

    /// Returns the result for the path of a target in these bytes.
    func match(_ method: HTTPRequest.Method, _ target: RequestTarget, in bytes: Span<UInt8>) -> Match {
        if target.isRoot(in: bytes), !rootMethods.isEmpty {
            return rootMethods.contains(method) ? .root : .otherMethods(rootMethods)
        }
        let path = target.path
        if method == .options, path.count == 1, bytes[path.lowerBound] == UInt8(ascii: "*") {
            return .otherMethods(methods)
        }
        guard !path.isEmpty, bytes[path.lowerBound] == UInt8(ascii: "/"),
            let (node, pathParameters) = find(path.lowerBound + 1, path.upperBound, in: bytes, from: 0)
        else { return .nothing }
        let routes = nodes[node].routes
        if let route = routes.route(of: method) { return .route(route, pathParameters: pathParameters) }
        let read = routes.route(of: .get)
        if method == .head, let read { return .route(read, pathParameters: pathParameters) }
        return .otherMethods(Set(routes.map(\.method)).union(read == nil ? [] : [.head]).inOrder)
    }

    /// Returns the form of errors at a path without an operation: the form of the operations below its first segment. The segment is not
    /// decoded, since a target that is too long may be cut in an escape.
    func errorForm(_ target: RequestTarget, in bytes: Span<UInt8>) -> APIOperation.ErrorForm {
        let path = target.path
        guard !path.isEmpty, bytes[path.lowerBound] == UInt8(ascii: "/") else { return .api }
        let first = path.lowerBound + 1
        let end = bytes.first(UInt8(ascii: "/"), in: first..<path.upperBound)
        return end < path.upperBound && oauthRoots.contains(bytes.text(first..<end)) ? .oauth : .api
    }

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
        guard let child = nodes[place].pathParameter,
            let (node, pathParameters) = follow(segment.upperBound, end, in: bytes, from: child),
            let value = Self.decoded(segment, in: bytes)
        else { return nil }
        return (node, pathParameters.isEmpty ? [value] : [value] + pathParameters)
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

    /// Returns the place of a node's child for a segment of an operation's path. Creates it if there is none.
    private static func child(of place: Int, for segment: Substring, in nodes: inout [Node]) -> Int {
        let bytes = Array(segment.utf8)
        if segment.hasPrefix("{") {
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

/// A place in the tree of paths.
private struct Node: Sendable {
    var routes: [(method: HTTPRequest.Method, route: Route)] = []
    /// The literal segments that may follow, with the places of their nodes.
    var literals: [(segment: [UInt8], node: Int)] = []
    /// The node of a path parameter that may follow.
    var pathParameter: Int?

    func literal(_ segment: Range<Int>, in bytes: Span<UInt8>) -> Int? {
        for literal in literals where literal.segment.count == segment.count {
            var index = segment.count
            while index > 0, literal.segment[index - 1] == bytes[segment.lowerBound + index - 1] { index -= 1 }
            if index == 0 { return literal.node }
        }
        return nil
    }
}

extension [(method: HTTPRequest.Method, route: Route)] {
    fileprivate func route(of method: HTTPRequest.Method) -> Route? { first { $0.method == method }?.route }
}

extension Set<HTTPRequest.Method> {
    /// The methods, ordered by name.
    fileprivate var inOrder: [HTTPRequest.Method] { sorted { $0.rawValue < $1.rawValue } }
}
