import HTTPTypes
import MessagingContract

/// Finds the route of a request by its path, segment by segment. A literal segment wins over a parameter.
///
/// A literal segment matches its own spelling only: an escape in it would pass a proxy's rule for the path. A parameter is
/// percent-decoded exactly once. An empty segment matches nothing, so `//` and a slash at the end lead nowhere. A parameter
/// has no invalid escape, no NUL, and is no dot segment (RFC 3986, section 3.3), which a proxy may have resolved to another path.
///
/// A HEAD leads where the GET of the same path does.
struct RouteTable: Sendable {
    /// What a request leads to.
    enum Match: Sendable {
        /// A route, with the decoded holes of its path.
        case route(Route, holes: [String])
        /// A path that exists, with other methods only; for an OPTIONS of `*` the whole server.
        case otherMethods([HTTPRequest.Method])
        /// The root, which leads a reader to the documentation.
        case root
        /// Nothing.
        case nothing
    }

    private var root = Node()
    /// The methods that some path has.
    private let methods: [HTTPRequest.Method]
    private static let rootMethods: [HTTPRequest.Method] = [.get, .head]

    init(_ routes: [Route]) {
        methods = Set(routes.map(\.operation.method)).union(Self.rootMethods).inOrder
        for route in routes {
            root.insert(route, at: route.operation.path.split(separator: "/").map(String.init)[...])
        }
    }

    /// What a path, without its query, leads to.
    func match(_ method: HTTPRequest.Method, path: Substring) -> Match {
        if path == "/" { return Self.rootMethods.contains(method) ? .root : .otherMethods(Self.rootMethods) }
        if path == "*", method == .options { return .otherMethods(methods) }
        guard let segments = Self.segments(of: path), let (node, holes) = root.find(segments[...]) else {
            return .nothing
        }
        guard let route = node.routes[method] ?? (method == .head ? node.routes[.get] : nil) else {
            let isRead = node.routes[.get] != nil
            return .otherMethods(Set(node.routes.keys).union(isRead ? [.head] : []).inOrder)
        }
        return .route(route, holes: holes)
    }

    private static func segments(of path: Substring) -> [Substring]? {
        guard path.utf8.first == UInt8(ascii: "/") else { return nil }
        let parts = path.utf8.dropFirst().split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false)
        return parts.contains(where: \.isEmpty) ? nil : parts.map { Substring($0) }
    }

    private struct Node: Sendable {
        var routes: [HTTPRequest.Method: Route] = [:]
        private var literals: [Substring: Node] = [:]
        private var hole: [Node] = []

        mutating func insert(_ route: Route, at path: ArraySlice<String>) {
            guard let first = path.first else {
                routes[route.operation.method] = route
                return
            }
            if first.hasPrefix("{") {
                if hole.isEmpty { hole = [Node()] }
                hole[0].insert(route, at: path.dropFirst())
            } else {
                literals[first[...], default: Node()].insert(route, at: path.dropFirst())
            }
        }

        func find(_ path: ArraySlice<Substring>) -> (Node, [String])? {
            guard let first = path.first else { return routes.isEmpty ? nil : (self, []) }
            if let found = literals[first]?.find(path.dropFirst()) { return found }
            guard let (node, holes) = hole.first?.find(path.dropFirst()), let decoded = String(percentDecoding: first),
                decoded != ".", decoded != "..", !decoded.utf8.contains(0)
            else { return nil }
            return (node, [decoded] + holes)
        }
    }
}

extension Set<HTTPRequest.Method> {
    /// The methods by their names.
    fileprivate var inOrder: [HTTPRequest.Method] { sorted { $0.rawValue < $1.rawValue } }
}
