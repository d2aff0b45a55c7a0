package import MessagingSDK

/// An object as files have it: what a client writes, with the names of other objects in place of their ids.
package struct ConfiguredObject: Equatable, Sendable {
    /// The id; nil if it is not known.
    package var id: String?
    /// The name under which other objects of the same configuration refer to it: the object's name, or `name~` and a part of the id where
    /// several objects have the name. It is unique in its kind.
    package var label: String
    /// The members that a client writes. A reference is `{"name": label}`, or `{"id": id}` if the object is not part of the configuration. In
    /// a file a secret is `env:NAME`.
    package var members: JSON.Object
    /// The file that has the object; nil if it comes from an organization.
    package var place: String?
    /// The time of the last change, as the host writes it; nil if it does not come from a host.
    package var modified: String?

    /// Creates an object whose label is its name.
    package init(id: String? = nil, members: JSON.Object, place: String? = nil, modified: String? = nil) {
        self.id = id
        self.members = members
        self.place = place
        self.modified = modified
        label = members["name"]?.string ?? ""
    }

    /// The name.
    package var name: String { members["name"]?.string ?? "" }
}

extension [ConfiguredObject] {
    /// Gives each object a label: its name, or the name and a part of the id where several objects have the name.
    package mutating func label() {
        var counts: [String: Int] = [:]
        for object in self { counts[object.name, default: 0] += 1 }
        var taken: Set<String> = Set(counts.keys)
        for index in indices where counts[self[index].name, default: 0] > 1 {
            let name = self[index].name
            let id = self[index].id ?? ""
            let label = ["\(name)~\(id.suffix(8))", "\(name)~\(id)"].first { taken.insert($0).inserted }
            self[index].label = label ?? name
        }
    }
}
