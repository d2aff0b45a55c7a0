public import MessagingContract

/// The change of a member: keep it, clear it, or set it.
public enum FieldChange<Value: Sendable>: Sendable {
    /// Keeps the value.
    case keep
    /// Removes the value.
    case clear
    /// Sets this value.
    case set(Value)
}

/// The change of a member that must have a value.
public enum FieldReplacement<Value: Sendable>: Sendable {
    /// Keeps the value.
    case keep
    /// Sets this value.
    case set(Value)
}

/// A change of part of an object: each member is kept unless it is cleared or set.
///
/// ```swift
/// var patch = Patch<MessagingSettingRequest>()
/// patch.name = .set("Support")
/// patch.event.typing.on.inbound = .set(.enabled)
/// patch.content = .clear
/// ```
///
/// The API merges the objects in settings, so their members are changed one by one. It replaces `mediaTypes` of profiles, so they are set as
/// a whole.
///
/// ``init(json:)`` reads a patch from a JSON document.
@dynamicMemberLookup
public struct Patch<Object: WireObject>: Sendable {
    private enum State: Sendable {
        case cleared
        case merged(JSON.Object)
    }

    private var state = State.merged([:])

    /// Creates a change that keeps everything.
    public init() {}

    private init(_ state: State) { self.state = state }

    /// Creates the change with the members of a merge patch.
    init(members: JSON.Object) { self.init(.merged(members)) }

    /// Creates the change that sets every member that an object has, and keeps the others.
    public init(_ object: Object) { self.init(members: object.json.object ?? [:]) }

    /// A change that keeps everything.
    public static var keep: Patch { Patch() }

    /// A change that clears the object as a whole.
    public static var clear: Patch { Patch(.cleared) }

    /// Returns the change that sets every member that an object has, and keeps the others.
    public static func set(_ object: Object) -> Patch { Patch(object) }

    /// Whether the change keeps everything.
    public var isEmpty: Bool { if case .merged(let members) = state { members.isEmpty } else { false } }

    /// The change as a merge patch (RFC 7396).
    public var json: JSON {
        switch state {
        case .cleared: .null
        case .merged(let members): .object(members)
        }
    }

    /// The change of a member that an object must have.
    public subscript<Value: WireValue>(dynamicMember path: WritableKeyPath<Object, Value>) -> FieldReplacement<Value> {
        get { self[path].flatMap { try? Value(json: $0, side: .response) }.map { .set($0) } ?? .keep }
        set { if case .set(let value) = newValue { self[path] = value.json } else { self[path] = nil } }
    }

    /// The change of a member that an object need not have.
    public subscript<Value: WireValue>(dynamicMember path: WritableKeyPath<Object, Value?>) -> FieldChange<Value> {
        get {
            guard let json = self[path] else { return .keep }
            return (try? Value(json: json, side: .response)).map { .set($0) } ?? .clear
        }
        set {
            switch newValue {
            case .keep: self[path] = nil
            case .clear: self[path] = .null
            case .set(let value): self[path] = value.json
            }
        }
    }

    /// The change of a member that the API merges.
    public subscript<Value: MergedObject>(dynamicMember path: WritableKeyPath<Object, Value?>) -> Patch<Value> {
        get {
            guard let json = self[path] else { return .keep }
            return json.object.map { Patch<Value>(.merged($0)) } ?? .clear
        }
        set { self[path] = newValue.isEmpty ? JSON?.none : newValue.json }
    }

    private subscript(path: PartialKeyPath<Object>) -> JSON? {
        get {
            guard case .merged(let members) = state, let name = Object.name(of: path) else { return nil }
            return members[name]
        }
        set {
            guard let name = Object.name(of: path) else { return }
            switch state {
            case .merged(var members):
                members[name] = newValue
                state = .merged(members)
            case .cleared:
                guard let newValue else { return }
                state = .merged([name: newValue])
            }
        }
    }
}

extension WireObject {
    fileprivate static func name(of path: PartialKeyPath<Self>) -> String? {
        fields.first { $0.path.map { $0 as AnyKeyPath == path } ?? false }?.name
    }
}

extension Patch: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    /// The names of the changed members, without their values.
    public var description: String {
        switch state {
        case .cleared: "Patch(clear)"
        case .merged(let members): "Patch(\(members.map(\.name).sorted().joined(separator: ", ")))"
        }
    }

    public var debugDescription: String { description }

    public var customMirror: Mirror { Mirror(self, children: [:]) }
}
