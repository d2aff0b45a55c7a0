/// A scope, which limits the operations that a token may be used for.
public enum Scope: String, Hashable, Sendable, CaseIterable {
    /// All operations; includes ``readOnly``.
    case messaging
    /// Operations that only read.
    case readOnly = "messaging:readonly"

    /// Returns whether a token with these scopes may be used for an operation that requires this scope.
    public func isGranted(by scopes: Set<Scope>) -> Bool {
        scopes.contains(self) || scopes.contains(.messaging)
    }
}
