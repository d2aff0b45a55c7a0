import CLibPQ
import MessagingCore

/// The place of a database and the way to it: a connection string or URI of libpq, which takes what it does not have from the environment.
public struct DatabaseAddress: Hashable, Sendable, CustomStringConvertible {
    /// The reason why a text is no address.
    public struct Invalid: Error, CustomStringConvertible {
        /// The reason in one line.
        public let description: String
    }

    private struct Parameter: Hashable {
        let keyword: String
        let value: String
    }

    private let parameters: [Parameter]
    /// Whether a pooler is there that may give each transaction another connection. Then no statement is prepared.
    private(set) var isPooled = false

    /// Whether a text has the form of an address, which may have mistakes, and is not meant as a path: it is a URI, or begins with a keyword
    /// and an equals sign.
    public static func isMeant(by text: String) -> Bool {
        if ["postgresql://", "postgres://"].contains(where: { text.hasPrefix($0) }) { return true }
        let word = text.prefix { $0 != "=" }
        return word.endIndex < text.endIndex && keywords.contains(word.filter { $0 != " " })
    }

    /// The keywords of libpq.
    private static let keywords: Set<String> = {
        guard let options = PQconndefaults() else { return [] }
        return Set(taking(options).map(\.keyword))
    }()

    /// Returns the options of a list of libpq, and frees the list.
    private static func taking(
        _ options: UnsafeMutablePointer<PQconninfoOption>
    ) -> [(keyword: String, value: String?)] {
        defer { PQconninfoFree(options) }
        var found: [(keyword: String, value: String?)] = []
        var option = options
        while let keyword = option.pointee.keyword {
            found.append((String(cString: keyword), option.pointee.val.map { String(cString: $0) }))
            option += 1
        }
        return found
    }

    /// Parses a connection string or URI. Throws if it is none.
    public init(_ text: String) throws(Invalid) {
        // libpq's message would quote the text, which may have a password.
        guard let options = PQconninfoParse(text, nil) else {
            throw Invalid(
                description: "it is neither a URI that begins with postgresql:// nor a list of keywords and values"
            )
        }
        parameters = Self.taking(options).compactMap { keyword, value in
            value.map { Parameter(keyword: keyword, value: $0) }
        }
    }

    /// Whether the address has a password, which must not be in the list of arguments of a process.
    public var hasPassword: Bool { parameters.contains { ["password", "sslpassword"].contains($0.keyword) } }

    /// The database and its hosts, without a user or a password.
    public var description: String {
        let place = ["host", "hostaddr", "port"].compactMap { self[$0] }.joined(separator: ":")
        return "the PostgreSQL database \(self["dbname"] ?? "of the environment")\(place.isEmpty ? "" : " on \(place)")"
            .line()
    }

    /// The same address behind a pooler that may give each transaction another connection, like PgBouncer in its transaction mode.
    public var pooled: DatabaseAddress { DatabaseAddress(parameters: parameters, isPooled: true) }

    /// The addresses of the single hosts, in the order of the list. Each of them gets a share of the time for a connection.
    var hosts: [DatabaseAddress] {
        let lists = ["host", "hostaddr", "port"].compactMap { keyword in
            self[keyword].map { (keyword, $0.split(separator: ",", omittingEmptySubsequences: false).map(String.init)) }
        }
        guard let count = lists.map(\.1.count).max(), lists.allSatisfy({ [1, count].contains($0.1.count) }) else {
            return [self]
        }
        return (0..<count).map { number in
            let own = lists.map { Parameter(keyword: $0.0, value: $0.1.count == 1 ? $0.1[0] : $0.1[number]) }
            return DatabaseAddress(
                parameters: parameters.filter { !["host", "hostaddr", "port"].contains($0.keyword) } + own,
                isPooled: isPooled
            )
        }
    }

    private subscript(keyword: String) -> String? { parameters.first { $0.keyword == keyword }?.value }

    private init(parameters: [Parameter], isPooled: Bool) { (self.parameters, self.isPooled) = (parameters, isPooled) }

    /// Begins to connect. Returns nil if there is no memory.
    func start() -> OpaquePointer? {
        var defaults = [Parameter(keyword: "fallback_application_name", value: "messaging-server")]
        // The environment may name several hosts, of which libpq finds the primary.
        if self["host"] == nil, self["hostaddr"] == nil {
            defaults.append(Parameter(keyword: "target_session_attrs", value: "read-write"))
        }
        let fixed = [Parameter(keyword: "client_encoding", value: "UTF8")]
        let all =
            defaults.filter { self[$0.keyword] == nil } + parameters.filter { $0.keyword != "client_encoding" } + fixed
        return withCStrings(all.map(\.keyword)) { keywords in
            withCStrings(all.map(\.value)) { values in PQconnectStartParams(keywords, values, 0) }
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
