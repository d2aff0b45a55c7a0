import CLibPQ
import MessagingCore

/// The place of a database and the way to it: a connection string or URI of libpq, which takes what it does not have from the environment.
public struct DatabaseAddress: Sendable, CustomStringConvertible {
    /// The reason why a text is no address.
    public struct Invalid: Error, CustomStringConvertible {
        /// The reason in one line.
        public let description: String
    }

    private let parameters: [(keyword: String, value: String)]

    /// Parses a connection string or URI. Throws if it is none.
    public init(_ text: String) throws(Invalid) {
        // libpq's message would quote the text, which may have a password.
        guard let options = PQconninfoParse(text, nil) else {
            throw Invalid(
                description: "it is neither a URI that begins with postgresql:// nor a list of keywords and values"
            )
        }
        defer { PQconninfoFree(options) }
        var parameters: [(keyword: String, value: String)] = []
        var option = options
        while let keyword = option.pointee.keyword {
            if let value = option.pointee.val {
                parameters.append((String(cString: keyword), String(cString: value)))
            }
            option += 1
        }
        self.parameters = parameters
    }

    /// Whether the address has a password, which must not be in the list of arguments of a process.
    public var hasPassword: Bool { parameters.contains { ["password", "sslpassword"].contains($0.keyword) } }

    /// The database and its hosts, without a user or a password.
    public var description: String {
        let place = ["host", "hostaddr", "port"].compactMap { self[$0] }.joined(separator: ":")
        return "the PostgreSQL database \(self["dbname"] ?? "of the environment")\(place.isEmpty ? "" : " on \(place)")"
            .line()
    }

    private subscript(keyword: String) -> String? { parameters.first { $0.keyword == keyword }?.value }

    /// Returns the same address for another user.
    func with(user: String) -> DatabaseAddress {
        DatabaseAddress(parameters: parameters.filter { $0.keyword != "user" } + [("user", user)])
    }

    private init(parameters: [(keyword: String, value: String)]) { self.parameters = parameters }

    /// Begins to connect. Returns nil if there is no memory.
    func start() -> OpaquePointer? {
        let defaults = [("fallback_application_name", "messaging-server")]
        let fixed = [("client_encoding", "UTF8")]
        let all = defaults.filter { self[$0.0] == nil } + parameters.filter { $0.keyword != "client_encoding" } + fixed
        return withCStrings(all.map(\.0)) { keywords in
            withCStrings(all.map(\.1)) { values in PQconnectStartParams(keywords, values, 0) }
        }
    }
}

/// Calls `body` with a list of C strings that ends with a null pointer.
private func withCStrings<Result>(_ texts: [String], _ body: ([UnsafePointer<CChar>?]) -> Result) -> Result {
    let bytes = texts.flatMap { $0.utf8CString }
    return bytes.withUnsafeBufferPointer { bytes in
        var offset = 0
        let pointers = texts.map { text -> UnsafePointer<CChar>? in
            defer { offset += text.utf8.count + 1 }
            return bytes.baseAddress.map { $0 + offset }
        }
        return body(pointers + [nil])
    }
}
