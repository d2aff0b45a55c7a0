import HTTPTypes
import MessagingContract

/// Finds the route of a read by the bytes of its path.
///
/// It knows the routes whose path is fixed, or fixed up to its last segment. Paths that have escapes or lead elsewhere are the
/// ``RouteTable``'s.
struct ReadRoutes: Sendable {
    /// A route that answers without waiting, and where the segment begins that fills its hole.
    struct Match {
        let route: Route
        let hole: Int?
    }

    private struct Place: Sendable {
        let path: [UInt8]
        /// Nil where only the general way leads.
        let route: Route?
    }

    /// By the lengths of the paths, so that a request is compared with few.
    private let fixed: [Int: [Place]]
    private let open: [Place]

    init(_ routes: [Route]) {
        var fixed: [Int: [Place]] = [:]
        var open: [Place] = []
        for route in routes where route.operation.method == .get {
            let waits = route.reading == nil
            if let hole = route.path.firstIndex(of: "{") {
                if waits || route.path[hole...].contains("/") { continue }
                open.append(Place(path: Array(route.path[..<hole].utf8), route: route))
            } else {
                let path = Array(route.path.utf8)
                fixed[path.count, default: []].append(Place(path: path, route: waits ? nil : route))
            }
        }
        self.fixed = fixed
        self.open = open
    }

    /// The route of a path in these bytes; nil when it is not known here.
    func find(_ path: Range<Int>, in bytes: Span<UInt8>) -> Match? {
        for place in fixed[path.count] ?? [] where bytes.begins(at: path.lowerBound, with: place.path) {
            return place.route.map { Match(route: $0, hole: nil) }
        }
        for place in open where place.path.count < path.count && bytes.begins(at: path.lowerBound, with: place.path) {
            let hole = path.lowerBound + place.path.count
            for index in hole..<path.upperBound where bytes[index] == UInt8(ascii: "/") { return nil }
            return place.route.map { Match(route: $0, hole: hole) }
        }
        return nil
    }
}

extension Span<UInt8> {
    /// Whether these bytes stand here, compared from the end: paths differ there.
    fileprivate func begins(at start: Int, with other: [UInt8]) -> Bool {
        var index = other.count
        while index > 0 {
            index -= 1
            if self[start + index] != other[index] { return false }
        }
        return true
    }
}
