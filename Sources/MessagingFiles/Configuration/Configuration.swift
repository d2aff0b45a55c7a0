import MessagingSDK

/// The configuration of an organization, or of the part of it that files declare.
package struct Configuration: Equatable, Sendable {
    /// A default object of a kind.
    package enum Default: Equatable, Sendable {
        /// No object is the default.
        case none
        /// The object with this label.
        case object(String)
    }

    /// The objects by the command of their kind, such as `settings`. A kind that is absent is not declared, which says nothing about its
    /// objects.
    package var objects: [String: [ConfiguredObject]] = [:]
    /// The defaults by the command of their kind. A default that is absent is not declared.
    package var defaults: [String: Default] = [:]

    /// Creates a configuration that declares nothing.
    package init() {}
}
