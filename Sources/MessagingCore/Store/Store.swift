/// What every engine can do: remember revisions of organizations, their history, tokens and effects. It knows no rules and no resource types.
///
/// All methods may be called concurrently.
public protocol Store: OrganizationStore, HistoryStore, TokenStore, EffectStore {
    /// Whether a write may succeed, as far as is known without asking: false while the store cannot write, whatever the reason.
    var canWrite: Bool { get }

    /// The threads on which the store works, when other short work may run there too; nil otherwise.
    var taskExecutor: (any TaskExecutor)? { get }
}
