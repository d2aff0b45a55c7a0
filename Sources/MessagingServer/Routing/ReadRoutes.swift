import HTTPTypes
import MessagingContract

/// A table that finds the route of a read by the bytes of its path.
///
/// It has the routes whose path is fixed, or fixed up to its last segment. The ``RouteTable`` handles paths with escapes and all other
/// paths.
struct ReadRoutes: Sendable {
    /// A route that never waits, and the start of the segment that is its path parameter.
    struct Finding {
        let route: Route
        let pathParameter: Int?
    }

    private struct FixedPart: Sendable {
        let path: [UInt8]
        /// The route; nil if only the general path can handle it.
        let route: Route?
    }

    /// The fixed paths by length, so that a request is compared with few of them.
    private let fixed: [Int: [FixedPart]]
    private let open: [FixedPart]

    init(_ routes: [Route]) {
        var fixed: [Int: [FixedPart]] = [:]
        var open: [FixedPart] = []
        for route in routes where route.operation.method == .get {
            let waits = route.reading == nil
            if let pathParameter = route.path.firstIndex(of: "{") {
                if waits || route.path[pathParameter...].contains("/") { continue }
                open.append(FixedPart(path: Array(route.path[..<pathParameter].utf8), route: route))
            } else {
                let path = Array(route.path.utf8)
                fixed[path.count, default: []].append(FixedPart(path: path, route: waits ? nil : route))
            }
        }
        self.fixed = fixed
        self.open = open
    }

    /// Returns the route of a path in these bytes, or nil if this table does not have it.
    func find(_ path: Range<Int>, in bytes: Span<UInt8>) -> Finding? {
        for place in fixed[path.count] ?? [] where bytes.begins(at: path.lowerBound, with: place.path) {
            return place.route.map { Finding(route: $0, pathParameter: nil) }
        }
        for place in open where place.path.count < path.count && bytes.begins(at: path.lowerBound, with: place.path) {
            let pathParameter = path.lowerBound + place.path.count
            for index in pathParameter..<path.upperBound where bytes[index] == UInt8(ascii: "/") { return nil }
            return place.route.map { Finding(route: $0, pathParameter: pathParameter) }
        }
        return nil
    }
}

extension Span<UInt8> {
    /// Returns whether these bytes are at a position. It compares from the end, where paths differ.
    fileprivate func begins(at start: Int, with other: [UInt8]) -> Bool {
        var index = other.count
        while index > 0 {
            index -= 1
            if self[start + index] != other[index] { return false }
        }
        return true
    }
}
