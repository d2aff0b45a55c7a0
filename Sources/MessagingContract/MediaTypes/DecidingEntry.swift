/// An entry of a profile's list for a direction.
public struct DecidingEntry: WireObject {
    /// The entry as it is written in the profile.
    public var type = ""
    /// Its position in the list of the direction, from 0, as in the path `mediaTypes.allow.inbound[0]`.
    public var index = 0

    /// An entry with nothing set.
    public init() {}

    /// The entry of this text, at this position.
    public init(type: String, index: Int) {
        self.type = type
        self.index = index
    }

    public static let fields: [Field<Self>] = [
        .required("type", \.type, "The entry as it is written in the profile"),
        .required("index", \.index, "Its position in the list of the direction, from 0"),
    ]
}
