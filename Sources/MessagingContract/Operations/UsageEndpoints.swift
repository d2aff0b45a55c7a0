import HTTPTypes

/// The operations that return the uses of an object. They are our own; the vendor has filters in its lists of integrations.
public enum UsageEndpoints {
    /// Returns the uses of a setting.
    public static let setting = usage(of: .settings, "messageSettingId", "messaging:setting", "a messaging setting")
    /// Returns the uses of a profile.
    public static let supportedContent = usage(
        of: .supportedContent,
        "supportedContentId",
        "messaging:supportedContent",
        "a supported content profile"
    )

    static let operations = [setting.operation, supportedContent.operation]

    private static func usage(
        of kind: ObjectKind,
        _ pathParameter: String,
        _ entity: String,
        _ object: String
    ) -> Endpoint<PagedEntityID, NoBody, ObjectUsage> {
        Endpoint(
            "getPlatform\(kind.capitalized)Usage",
            .get,
            "/platform/v1/\(kind.rawValue)/{\(pathParameter)}/usage",
            access: .bearer(.readOnly),
            permission: .all([Permission(rawValue: "\(entity):view")]),
            tag: "Usage",
            kind: kind,
            summary:
                "Get the uses of \(object): whether it is the default, and the integrations that it is assigned to. "
                + "Without the permission to view integrations, the response has only their number"
        )
    }
}

/// The id in the path of an operation that lists objects which refer to one object, and a page of that list.
public struct PagedEntityID: OperationParameters {
    /// The object's id.
    public let id: String
    /// The page.
    public let page: Paging

    /// Creates the parameters for a page of the list for this object.
    public init(_ id: String, _ page: Paging) {
        self.id = id
        self.page = page
    }

    public init(pathParameters: [String], query: Query) throws(APIError) {
        id = try EntityID(pathParameters: pathParameters, query: query).id
        page = try Paging(pathParameters: pathParameters, query: query)
    }

    public var pathParameters: [String] { [id] }
    public var query: Query { page.query }

    public static func descriptions(path: String) -> [ParameterDescription] {
        EntityID.descriptions(path: path) + Paging.descriptions(path: path)
    }
}

extension ObjectUsage: ReadableResponse { public static let isTagged = true }
