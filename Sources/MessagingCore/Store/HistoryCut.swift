public import struct Foundation.Date

/// Which of an organization's oldest changes may be dropped.
public struct HistoryCut: Hashable, Sendable {
    /// Changes that come before the newest so many may go, unless they are protected.
    public let keeping: Int
    /// Changes may go while the organization takes more bytes than this, unless they are protected.
    public let bytes: Int
    /// Changes from this moment on are protected from going by number and by bytes.
    public let protected: Date
    /// Changes from before this moment may go in any case.
    public let since: Date

    /// A cut by what is given; what is not given lets nothing go and protects nothing.
    public init(
        keeping: Int = .max,
        bytes: Int = .max,
        protected: Date = .distantFuture,
        since: Date = .distantPast
    ) {
        self.keeping = keeping
        self.bytes = bytes
        self.protected = protected
        self.since = since
    }
}
