package import MessagingSDK

/// A kind of objects with a default, which the program gets, sets and clears.
package protocol DefaultedEntity: ManagedEntity, DefaultableEntity {}

extension MessagingSetting: DefaultedEntity {}
extension SupportedContent: DefaultedEntity {}

extension ManagedKinds {
    /// The kinds with a default.
    package static let defaulted: [any DefaultedEntity.Type] = all.compactMap { $0 as? any DefaultedEntity.Type }
}
