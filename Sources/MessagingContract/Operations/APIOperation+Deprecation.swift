extension APIOperation {
    /// The value of the `Deprecation` header field of every deprecated operation (RFC 9745): 1 January 2025. No source states the vendor's
    /// date. This date is our own, and means only that the operation is deprecated already.
    public static let deprecation = "@1735689600"

    /// Returns the value of the `Link` field that names the successor, for a request with these decoded path parameters. Returns nil if the
    /// operation is not deprecated.
    public func successorLink(pathParameters: [String]) -> String? {
        successor.map { "<\($0.filled(pathParameters))>; rel=\"successor-version\"" }
    }
}
