/// The interface of every storage engine: it remembers revisions of organizations, their history, tokens and effects. It knows no rules and
/// no resource types.
///
/// All methods may be called concurrently.
public protocol Store: OrganizationStore, HistoryStore, TokenStore, EffectStore {
    /// Whether a write may succeed, by the last known state. It is false while the store cannot write, whatever the reason.
    var canWrite: Bool { get }

    /// The threads of the store, if other short work may run there too; nil otherwise.
    var taskExecutor: (any TaskExecutor)? { get }

    /// The present revisions, if other servers use the store too; nil if only this process changes it, so that what it knows is current.
    var sharedRevisions: (any SharedRevisions)? { get }
}
