public import struct Foundation.Date

/// What sort of work an effect is, by a name that is stored with it. Engines compare it and know nothing else of it.
public struct EffectKind: RawRepresentable, Hashable, Sendable {
    /// The stored name.
    public let rawValue: String

    /// Creates a kind by its stored name.
    public init(rawValue: String) { self.rawValue = rawValue }
}

/// Work to be done after a commit. It is stored with the commit, so a stop of the server only delays it. Unique by kind and object within
/// an organization.
public struct Effect: Hashable, Sendable {
    /// The identity of an effect within its organization.
    public struct Key: Hashable, Sendable {
        /// What sort of work it is.
        public let kind: EffectKind
        /// The id of the object that it concerns.
        public let object: String

        /// Creates the key of an effect.
        public init(_ kind: EffectKind, _ object: String) {
            self.kind = kind
            self.object = object
        }
    }

    /// Its kind and its object.
    public let key: Key
    /// The moment from which on it is due, to the millisecond.
    public let due: Date

    /// The seconds for which a server has an effect to itself. They double with each lease after the second, up to 64 times as many.
    public static let leaseTime = 60.0

    /// Creates an effect that is due at a moment.
    public init(_ key: Key, due: Date) {
        self.key = key
        self.due = due
    }
}

/// An effect that this server runs: no other server does before the lease ends.
public struct LeasedEffect: Hashable, Sendable {
    /// The organization that it belongs to.
    public let organization: String
    /// The effect.
    public let effect: Effect
    /// How often it was leased, this time included.
    public let attempts: Int

    /// Creates the effect of an organization.
    public init(organization: String, effect: Effect, attempts: Int) {
        self.organization = organization
        self.effect = effect
        self.attempts = attempts
    }
}
