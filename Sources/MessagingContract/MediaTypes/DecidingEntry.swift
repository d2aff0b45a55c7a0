/// The entry of a profile that decided on a media type, with its position in the list of its direction.
public struct DecidingEntry: WireObject {
    /// The entry as it is written in the profile.
    public var type = ""
    /// Its position in the list of the direction, from 0, as in the path `mediaTypes.allow.inbound[0]`.
    public var index = 0

    /// Creates an entry with initial values.
    public init() {}

    /// Creates an entry with this text and position.
    public init(type: String, index: Int) {
        self.type = type
        self.index = index
    }

    public static let fields: [Field<Self>] = [
        .required("type", \.type, "The entry as written in the profile"),
        .required("index", \.index, "The position of the entry in the list for the direction, from 0"),
    ]
}
