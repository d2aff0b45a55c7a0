extension JSON {
    /// The members of a JSON object in order. Each name occurs once.
    ///
    /// Names are the same if their Unicode scalars are the same, without normalization. A lookup takes constant time, even for names
    /// chosen by an attacker.
    public struct Object: Sendable {
        /// The members in order.
        public private(set) var members: [(name: String, value: JSON)] = []
        /// The place of every name. It is kept only while there are more than ``scanLimit`` members.
        private var places: [ExactString: Int]?

        /// The largest number of members for which comparing names one after the other is faster than hashing.
        private static let scanLimit = 16

        /// Creates an object without members.
        public init() {}

        /// Creates an object with the members of a sequence. A repeated name keeps its first place and gets the last value.
        public init(_ members: some Sequence<(String, JSON)>) {
            for (name, value) in members { self[name] = value }
        }

        /// The number of members.
        public var count: Int { members.count }

        /// Whether there are no members.
        public var isEmpty: Bool { members.isEmpty }

        /// Accesses the value of the member with this name, or nil if there is none.
        ///
        /// Setting a value replaces it in its place, or adds the member at the end; setting nil removes the member, which
        /// takes time proportional to the number of members.
        public subscript(name: String) -> JSON? {
            get { place(of: name).map { members[$0].value } }
            set {
                switch (place(of: name), newValue) {
                case (let place?, let value?): members[place].value = value
                case (let place?, nil): remove(at: place)
                case (nil, let value?): append(name, value)
                case (nil, nil): break
                }
            }
        }

        func place(of name: String) -> Int? {
            if let places { return places[ExactString(name)] }
            return members.firstIndex { $0.name.hasSameScalars(as: name) }
        }

        /// Adds a member with a name that the object does not have yet.
        package mutating func append(_ name: String, _ value: JSON) {
            members.append((name, value))
            if places != nil {
                places?[ExactString(name)] = members.count - 1
            } else if members.count > Self.scanLimit {
                index()
            }
        }

        /// Adds a member whose value is null until ``setLast(_:)``. Returns false without adding it if the object already has the name. If
        /// `isNew` is true, the name is known to be new and is not looked up.
        mutating func addName(_ name: String, isNew: Bool) -> Bool {
            if places == nil {
                if !isNew, place(of: name) != nil { return false }
                append(name, .null)
                return true
            }
            let key = ExactString(name)
            if let place = places?.updateValue(members.count, forKey: key) {
                places?[key] = place
                return false
            }
            members.append((name, .null))
            return true
        }

        /// Sets the value of the member that was added last.
        mutating func setLast(_ value: JSON) { members[members.count - 1].value = value }

        private mutating func remove(at place: Int) {
            members.remove(at: place)
            places = nil
            if members.count > Self.scanLimit { index() }
        }

        private mutating func index() {
            var places = [ExactString: Int](minimumCapacity: members.count)
            for (place, member) in members.enumerated() { places[ExactString(member.name)] = place }
            self.places = places
        }
    }
}

extension JSON.Object: Sequence {
    /// Returns an iterator over the members in order.
    public func makeIterator() -> IndexingIterator<[(name: String, value: JSON)]> {
        members.makeIterator()
    }

    /// The number of members.
    public var underestimatedCount: Int { members.count }
}

extension JSON.Object: Hashable {
    /// Returns whether both have the same members in any order.
    public static func == (left: JSON.Object, right: JSON.Object) -> Bool {
        left.count == right.count && left.members.allSatisfy { right[$0.name] == $0.value }
    }

    /// Feeds the members to `hasher` without regard to their order.
    public func hash(into hasher: inout Hasher) {
        var sum = 0
        for (name, value) in members {
            var member = Hasher()
            name.hashScalars(into: &member)
            member.combine(value)
            sum &+= member.finalize()
        }
        hasher.combine(members.count)
        hasher.combine(sum)
    }
}
