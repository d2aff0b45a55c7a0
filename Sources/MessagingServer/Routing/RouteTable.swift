import HTTPTypes
import MessagingContract

/// A table that finds the route of a request by its path, segment by segment. A literal segment has precedence over a path parameter.
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

    private var root = Node()
    /// The methods of all paths.
    private let methods: [HTTPRequest.Method]
    /// The methods of the root; empty if the documentation has no route.
    private let rootMethods: [HTTPRequest.Method]
    /// The first segments of the paths whose operations report errors in the OAuth form.
    private let oauthRoots: Set<Substring>

    init(_ routes: [Route]) {
        rootMethods = routes.contains { $0.id == DocumentEndpoints.reference.operation.id } ? [.get, .head] : []
        methods = Set(routes.map(\.operation.method)).union(rootMethods).inOrder
        let oauth = routes.filter { $0.operation.errorForm == .oauth }
        oauthRoots = Set(oauth.compactMap { $0.path.split(separator: "/").first })
        for route in routes {
            root.insert(route, at: route.operation.path.split(separator: "/").map(String.init)[...])
        }
    }

    /// Returns the result for a path, which has no query.
    func match(_ method: HTTPRequest.Method, path: Substring) -> Match {
        if path == "/", !rootMethods.isEmpty {
            return rootMethods.contains(method) ? .root : .otherMethods(rootMethods)
        }
        if path == "*", method == .options { return .otherMethods(methods) }
        guard let segments = Self.segments(of: path), let (node, pathParameters) = root.find(segments[...]) else {
            return .nothing
        }
        guard let route = node.routes[method] ?? (method == .head ? node.routes[.get] : nil) else {
            let isRead = node.routes[.get] != nil
            return .otherMethods(Set(node.routes.keys).union(isRead ? [.head] : []).inOrder)
        }
        return .route(route, pathParameters: pathParameters)
    }

    /// Returns the form of errors at a path without an operation: the form of the operations below its first segment. The segment is not
    /// decoded, since a target that is too long may be cut in an escape.
    func errorForm(path: Substring) -> APIOperation.ErrorForm {
        let parts = path.utf8.split(separator: UInt8(ascii: "/"), maxSplits: 2, omittingEmptySubsequences: false)
        return parts.count == 3 && parts[0].isEmpty && oauthRoots.contains(Substring(parts[1])) ? .oauth : .api
    }

    private static func segments(of path: Substring) -> [Substring]? {
        guard path.utf8.first == UInt8(ascii: "/") else { return nil }
        let parts = path.utf8.dropFirst().split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false)
        return parts.contains(where: \.isEmpty) ? nil : parts.map { Substring($0) }
    }

    private struct Node: Sendable {
        var routes: [HTTPRequest.Method: Route] = [:]
        private var literals: [Substring: Node] = [:]
        private var pathParameter: [Node] = []

        mutating func insert(_ route: Route, at path: ArraySlice<String>) {
            guard let first = path.first else {
                routes[route.operation.method] = route
                return
            }
            if first.hasPrefix("{") {
                if pathParameter.isEmpty { pathParameter = [Node()] }
                pathParameter[0].insert(route, at: path.dropFirst())
            } else {
                literals[first[...], default: Node()].insert(route, at: path.dropFirst())
            }
        }

        func find(_ path: ArraySlice<Substring>) -> (Node, [String])? {
            guard let first = path.first else { return routes.isEmpty ? nil : (self, []) }
            if let found = literals[first]?.find(path.dropFirst()) { return found }
            guard let (node, pathParameters) = pathParameter.first?.find(path.dropFirst()),
                let decoded = String(percentDecoding: first),
                decoded != ".", decoded != "..", !decoded.utf8.contains(0)
            else { return nil }
            return (node, [decoded] + pathParameters)
        }
    }
}

extension Set<HTTPRequest.Method> {
    /// The methods, ordered by name.
    fileprivate var inOrder: [HTTPRequest.Method] { sorted { $0.rawValue < $1.rawValue } }
}
