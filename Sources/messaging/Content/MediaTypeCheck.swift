import MessagingDecisions
import MessagingSDK

/// The result of a profile for a media type: whether it allows the media type in each direction.
struct MediaTypeCheck {
    private let argument: MediaTypeArgument
    private let profile: ContentProfile
    private let decisions: [(direction: MessageDirection, entry: MediaType?)]

    /// Decides on an argument in these directions.
    init(_ argument: MediaTypeArgument, _ profile: ContentProfile, _ directions: [MessageDirection]) {
        self.argument = argument
        self.profile = profile
        decisions = directions.map { ($0, profile.mediaTypes?.entry(for: argument.mediaType, $0)) }
    }

    /// Whether the profile blocks the media type in one of the directions.
    var isBlocked: Bool { decisions.contains { $0.entry == nil } }

    /// The names of the columns of a table for these directions.
    static func columns(_ directions: [MessageDirection]) -> [String] {
        ["argument", "mediaType", "source", "profile"] + directions.map { $0.rawValue.lowercased() }
    }

    /// The row of a table.
    var row: JSON {
        object { entry in .string(entry.map { "allowed by \($0.type)" } ?? "blocked") }
    }

    /// The result for programs.
    var json: JSON {
        object { entry in
            guard let entry else { return ["allowed": false] }
            return ["allowed": true, "entry": .string(entry.type)]
        }
    }

    private func object(_ shown: (MediaType?) -> JSON) -> JSON {
        var members: JSON.Object = [
            "argument": .string(argument.text), "mediaType": .string(argument.mediaType),
            "source": .string(argument.source.rawValue),
            "profile": .string(profile.name),
        ]
        for (direction, entry) in decisions { members[direction.rawValue.lowercased()] = shown(entry) }
        return .object(members)
    }
}
