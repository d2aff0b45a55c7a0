import MessagingSDK

/// The part of an organization that is read: some of its kinds and of their defaults, by the commands of the kinds.
package struct OrganizationPart: Sendable {
    /// The kinds whose objects are read.
    package var kinds: Set<String>
    /// The kinds whose default is read.
    package var defaults: Set<String>

    /// Everything.
    package static let all = OrganizationPart(
        kinds: Set(ManagedKinds.all.map { $0.command }),
        defaults: Set(ManagedKinds.defaulted.map { $0.command })
    )

    /// Creates the part with these kinds, those that they refer to, and these defaults with the objects of their kinds.
    package init(kinds: Set<String>, defaults: Set<String>) {
        self.defaults = defaults
        self.kinds = kinds.union(defaults)
        for kind in ManagedKinds.all where kinds.contains(kind.command) {
            self.kinds.formUnion(kind.references.values.map { $0.command })
        }
    }

    /// Creates the part that files declare. Other kinds need not be readable.
    package init(declaredBy files: Configuration) {
        self.init(kinds: Set(files.objects.keys), defaults: Set(files.defaults.keys))
    }
}
