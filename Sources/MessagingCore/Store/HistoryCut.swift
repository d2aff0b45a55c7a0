public import struct Foundation.Date

/// The conditions under which an organization's oldest changes may be dropped.
public struct HistoryCut: Hashable, Sendable {
    /// The number of newest changes to keep. Earlier changes may be dropped, unless they are protected.
    public let keeping: Int
    /// The bytes up to which the organization keeps its changes. While it takes more, changes may be dropped, unless they are protected.
    public let bytes: Int
    /// The moment from which changes are protected from being dropped by number or by bytes.
    public let protected: Date
    /// The moment before which changes may be dropped in any case.
    public let since: Date

    /// Creates a cut. An omitted condition permits no drop and protects nothing.
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
