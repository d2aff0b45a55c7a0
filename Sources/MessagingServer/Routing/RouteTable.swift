import HTTPTypes
import MessagingContract

/// Finds the route of a request by its path, segment by segment. A literal segment wins over a hole.
///
/// Segments are percent-decoded once, before they are compared. An empty segment matches nothing, so `//` and a slash at the
/// end lead nowhere; neither do an invalid escape and a NUL.
struct RouteTable: Sendable {
    /// What a request leads to.
    enum Match: Sendable {
        /// A route, with the decoded holes of its path.
        case route(Route, holes: [String])
        /// A path that exists, with other methods only.
        case otherMethods([HTTPRequest.Method])
        /// Nothing.
        case nothing
    }

    private var root = Node()

    init(_ routes: [Route]) {
        for route in routes {
            root.insert(route, at: route.operation.path.split(separator: "/").map(String.init)[...])
        }
    }

    /// What a path, without its query, leads to.
    func match(_ method: HTTPRequest.Method, path: Substring) -> Match {
        guard let segments = Self.segments(of: path), let (node, holes) = root.find(segments[...]) else {
            return .nothing
        }
        guard let route = node.routes[method] else {
            return .otherMethods(node.routes.keys.sorted { $0.rawValue < $1.rawValue })
        }
        return .route(route, holes: holes)
    }

    private static func segments(of path: Substring) -> [String]? {
        guard path.utf8.first == UInt8(ascii: "/") else { return nil }
        var segments: [String] = []
        for part in path.utf8.dropFirst().split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false) {
            guard let segment = String(percentDecoding: Substring(part)), !segment.isEmpty, !segment.utf8.contains(0)
            else {
                return nil
            }
            segments.append(segment)
        }
        return segments
    }

    private struct Node: Sendable {
        var routes: [HTTPRequest.Method: Route] = [:]
        private var literals: [String: Node] = [:]
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
                literals[first, default: Node()].insert(route, at: path.dropFirst())
            }
        }

        func find(_ path: ArraySlice<String>) -> (Node, [String])? {
            guard let first = path.first else { return routes.isEmpty ? nil : (self, []) }
            if let found = literals[first]?.find(path.dropFirst()) { return found }
            guard let (node, holes) = hole.first?.find(path.dropFirst()) else { return nil }
            return (node, [first] + holes)
        }
    }
}
