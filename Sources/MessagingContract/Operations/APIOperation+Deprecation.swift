extension APIOperation {
    /// The `Deprecation` field of every deprecated operation (RFC 9745): 1 January 2025. No source tells the vendor's date; this
    /// one is our own, and says no more than that the operation is deprecated already.
    public static let deprecation = "@1735689600"

    /// The `Link` field that names the successor, for a request with these holes in its path, decoded; nil when the operation is
    /// not deprecated.
    public func successorLink(holes: [String]) -> String? {
        successor.map { "<\($0.filled(holes))>; rel=\"successor-version\"" }
    }
}
