import HTTPTypes
import MessagingContract

/// A table that finds the route of a request by its path, see ``PathTree``. A HEAD has the route of the GET of the same path.
struct RouteTable: Sendable {
    /// The result of a lookup.
    enum Match: Sendable {
        /// A route, with the decoded path parameters.
        case route(Route, pathParameters: [String])
        /// A path that exists, but only with other methods. For an OPTIONS of `*` it stands for the whole server.
        case otherMethods([HTTPRequest.Method])
        /// No route and no path.
        case nothing
    }

    private var paths = PathTree()
    /// The methods of all paths.
    private let methods: [HTTPRequest.Method]
    /// The first segments of the paths whose operations report errors in another form than the API's.
    private let errorForms: [String: APIOperation.ErrorForm]

    init(_ routes: [Route]) {
        for route in routes { paths.insert(route) }
        methods = routes.map(\.method).allowed
        let others = routes.filter { $0.operation.errorForm != .api }.map {
            ($0.path.split(separator: "/").first.map(String.init) ?? "", $0.operation.errorForm)
        }
        errorForms = Dictionary(others) { first, _ in first }
    }

    /// Returns the result for the path of a target in these bytes.
    func match(_ method: HTTPRequest.Method, _ target: RequestTarget, in bytes: Span<UInt8>) -> Match {
        if method == .options, target.path.count == 1, bytes[target.path.lowerBound] == UInt8(ascii: "*") {
            return .otherMethods(methods)
        }
        let found = target.isRoot(in: bytes) ? paths.root : paths.find(target.path, in: bytes)
        guard let (routes, pathParameters) = found else { return .nothing }
        if let route = routes.of(method) ?? (method == .head ? routes.of(.get) : nil) {
            return .route(route, pathParameters: pathParameters)
        }
        return .otherMethods(routes.map(\.method).allowed)
    }

    /// Returns the form of errors at a path without an operation: the form of the operations whose paths have its first segment. The segment
    /// is not decoded, since a target that is too long may be cut in an escape.
    func errorForm(_ target: RequestTarget, in bytes: Span<UInt8>) -> APIOperation.ErrorForm {
        if target.isRoot(in: bytes) { return errorForms[""] ?? .api }
        let path = target.path
        guard !path.isEmpty, bytes[path.lowerBound] == UInt8(ascii: "/") else { return .api }
        let first = path.lowerBound + 1
        let end = bytes.first(UInt8(ascii: "/"), in: first..<path.upperBound)
        guard end > first, let form = errorForms[bytes.text(first..<end)] else { return .api }
        // No operation of OAuth has a path of one segment.
        return form == .oauth && end == path.upperBound ? .api : form
    }
}

extension [Route] {
    /// Returns the route of a method; nil if there is none.
    fileprivate func of(_ method: HTTPRequest.Method) -> Route? { first { $0.method == method } }
}

extension [HTTPRequest.Method] {
    /// The methods that a path with these methods allows, each once and ordered by name. HEAD comes with GET.
    fileprivate var allowed: [HTTPRequest.Method] {
        Set(self).union(contains(.get) ? [.head] : []).sorted { $0.rawValue < $1.rawValue }
    }
}
