/// What a token may be used for.
public enum Scope: String, Hashable, Sendable, CaseIterable {
    /// Everything; contains ``readOnly``.
    case messaging
    /// Reading.
    case readOnly = "messaging:readonly"

    /// Returns whether a token with these scopes may be used for an operation that asks for this one.
    public func isGranted(by scopes: Set<Scope>) -> Bool {
        scopes.contains(self) || scopes.contains(.messaging)
    }
}
