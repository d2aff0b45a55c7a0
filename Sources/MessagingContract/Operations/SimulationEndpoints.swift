import HTTPTypes

/// The operation that tries a profile on a log of attachments. It is our own; the vendor has none like it.
public enum SimulationEndpoints {
    /// Reports which attachments of a log the profile allows, and which ones a proposed profile would allow.
    public static let run = Endpoint<SimulationParameters, AttachmentLog, Simulation>(
        "postPlatformSupportedcontentSimulations",
        .post,
        "/platform/v1/supportedcontent/{supportedContentId}/simulations",
        access: .bearer(.readOnly),
        permission: .all([Permission(rawValue: "messaging:supportedContent:view")]),
        tag: "Simulations",
        kind: .supportedContent,
        summary:
            "Try a supported content profile on a log of attachments: what it allows today, and what a proposed profile changes"
    )

    static let operations = [run.operation]
}

/// The profile of a simulation and the proposed replacement.
public struct SimulationParameters: OperationParameters {
    /// The profile's id.
    public let id: String
    /// The `mediaTypes` of a proposed profile; nil if none is proposed.
    public let mediaTypes: MediaTypes?

    /// Creates the parameters for the profile with this id.
    public init(_ id: String, proposing mediaTypes: MediaTypes? = nil) {
        self.id = id
        self.mediaTypes = mediaTypes
    }

    /// Reads the id and `mediaTypes`, which has the same JSON form as in a profile. An empty parameter counts as absent.
    ///
    /// Throws a 400 that states what is wrong with the parameter.
    public init(pathParameters: [String], query: Query) throws(APIError) {
        guard let id = pathParameters.first else { throw .notFound }
        self.id = id
        guard let text = query[Self.name], !text.isEmpty else {
            mediaTypes = nil
            return
        }
        let json: JSON
        do {
            json = try JSON(parsing: Array(text.utf8))
        } catch {
            throw APIError(FieldError(path: Self.name, reason: .constraint("is not valid JSON: \(error)")))
        }
        do {
            mediaTypes = try MediaTypes(json: json)
        } catch {
            throw APIError(error.within(Self.name))
        }
    }

    public var pathParameters: [String] { [id] }

    public var query: Query {
        mediaTypes.map { Query([(Self.name, String(decoding: $0.json.bytes, as: UTF8.self))]) } ?? Query()
    }

    public static func descriptions(path: String) -> [ParameterDescription] {
        EntityID.descriptions(path: path) + [
            ParameterDescription(
                name: name,
                location: .query,
                about: "The member mediaTypes of a proposed profile, as JSON. If it is absent, no profile is proposed",
                schema: MediaTypes.schema(.request).json,
                mediaType: "application/json"
            )
        ]
    }

    private static let name = "mediaTypes"
}

extension Simulation: ReadableResponse {}
