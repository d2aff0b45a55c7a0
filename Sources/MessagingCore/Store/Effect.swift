public import struct Foundation.Date

/// The sort of work of an effect, by a name that is stored with it. Engines only compare it.
public struct EffectKind: RawRepresentable, Hashable, Sendable {
    /// The stored name.
    public let rawValue: String

    /// Creates a kind by its stored name.
    public init(rawValue: String) { self.rawValue = rawValue }
}

/// Work to be done after a commit. It is stored with the commit, so a stop of the server only delays it. An effect is unique by kind and
/// object within its organization.
public struct Effect: Hashable, Sendable {
    /// The identity of an effect within its organization.
    public struct Key: Hashable, Sendable {
        /// The sort of work.
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
    /// The moment from which the effect is due, to the millisecond.
    public let due: Date

    /// The seconds for which a lease gives an effect to one server. They double with each lease after the second, up to 64 times as many.
    public static let leaseTime = 60.0

    /// Creates an effect that is due at a moment.
    public init(_ key: Key, due: Date) {
        self.key = key
        self.due = due
    }
}

/// An effect that this server runs. No other server runs it before the lease ends.
public struct LeasedEffect: Hashable, Sendable {
    /// The organization that the effect belongs to.
    public let organization: String
    /// The effect.
    public let effect: Effect
    /// The number of its leases, including this one.
    public let attempts: Int

    /// Creates the effect of an organization.
    public init(organization: String, effect: Effect, attempts: Int) {
        self.organization = organization
        self.effect = effect
        self.attempts = attempts
    }
}
