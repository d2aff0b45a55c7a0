/// A part of an integration's references that a response shows beyond ids and paths, if the caller may view it.
public enum IntegrationExpansion: String, Hashable, Sendable, CaseIterable {
    /// The profile's name and media types.
    case supportedContent
    /// All members of the setting.
    case messagingSetting
    /// Accepted, but without effect: this server has no identity resolution.
    case identityresolution
}

/// The query parameter `expand`.
public protocol ExpansionParameter: Hashable, Sendable {
    /// The requested expansions.
    var expansions: Set<IntegrationExpansion> { get }
    /// Creates a parameter that requests these expansions.
    init(_ expansions: Set<IntegrationExpansion>)
    /// Reads the values of `expand`, none of which is empty. Throws a 400 that names the parameter.
    init(values: [String]) throws(APIError)
    /// The schema of the parameter.
    static var schema: JSON { get }
}

extension ExpansionParameter {
    /// Requests no expansion.
    public static var none: Self { Self([]) }
    /// Requests the profile's name and media types.
    public static var supportedContent: Self { Self([.supportedContent]) }
    /// Requests all members of the setting.
    public static var messagingSetting: Self { Self([.messagingSetting]) }
    /// Requests the identity resolution. Servers of this project have none.
    public static var identityresolution: Self { Self([.identityresolution]) }

    fileprivate static var name: String { "expand" }

    fileprivate init(_ query: Query) throws(APIError) {
        try self.init(values: query.values(of: Self.name).filter { !$0.isEmpty })
    }

    fileprivate var items: [(name: String, value: String)] {
        expansions.map(\.rawValue).sorted().map { (Self.name, $0) }
    }

    fileprivate static func expansion(_ text: String) throws(APIError) -> IntegrationExpansion {
        let values = IntegrationExpansion.allCases
        guard let value = values.first(where: { $0.rawValue.lowercased() == text.lowercased() }) else {
            throw .invalidParameter(name, value: text, allowed: values.map(\.rawValue).joined(separator: ", "))
        }
        return value
    }

    fileprivate static var description: ParameterDescription {
        ParameterDescription(
            name: name,
            location: .query,
            about:
                "The references of an integration that the response shows with more than id and path, if the caller may view the objects",
            schema: schema
        )
    }
}

/// At most one expansion, as the operations on open integrations take it. If the parameter is repeated, the last value counts.
public struct OneExpansion: ExpansionParameter {
    public let expansions: Set<IntegrationExpansion>
    public init(_ expansions: Set<IntegrationExpansion>) { self.expansions = expansions }

    public init(values: [String]) throws(APIError) {
        var expansions: Set<IntegrationExpansion> = []
        for value in values { expansions = [try Self.expansion(value)] }
        self.expansions = expansions
    }

    public static let schema: JSON = ["type": "string", "enum": .array(IntegrationExpansion.names)]
}

/// Any number of expansions, in repeated parameters or separated by commas.
public struct SeveralExpansions: ExpansionParameter {
    public let expansions: Set<IntegrationExpansion>
    public init(_ expansions: Set<IntegrationExpansion>) { self.expansions = expansions }

    public init(values: [String]) throws(APIError) {
        var expansions: Set<IntegrationExpansion> = []
        for value in values {
            for name in value.split(separator: ",") { expansions.insert(try Self.expansion(String(name))) }
        }
        self.expansions = expansions
    }

    public static let schema: JSON = [
        "type": "array", "items": ["type": "string", "enum": .array(IntegrationExpansion.names)],
    ]
}

extension SeveralExpansions: ExpressibleByArrayLiteral {
    public init(arrayLiteral expansions: IntegrationExpansion...) { self.init(Set(expansions)) }
}

extension IntegrationExpansion {
    fileprivate static let names = allCases.map { JSON.string($0.rawValue) }
}

/// A query for a page of integrations, optionally only those that refer to certain objects.
public struct IntegrationPage<Expand: ExpansionParameter>: PageParameters {
    /// The page.
    public let page: Paging
    /// The references that the response expands.
    public let expand: Expand
    /// The id of the profile that the listed integrations have; nil for all integrations.
    public let supportedContentID: String?
    /// The id of the setting that the listed integrations have; nil for all integrations.
    public let messagingSettingID: String?

    public init(_ page: Paging) { self.init(page, expand: .none) }

    /// Creates a query for a page of the integrations with these references.
    public init(
        _ page: Paging,
        expand: Expand,
        supportedContentID: String? = nil,
        messagingSettingID: String? = nil
    ) {
        self.page = page
        self.expand = expand
        self.supportedContentID = supportedContentID
        self.messagingSettingID = messagingSettingID
    }

    public init(pathParameters: [String], query: Query) throws(APIError) {
        page = try Paging(pathParameters: pathParameters, query: query)
        expand = try Expand(query)
        supportedContentID = query.value(of: Self.supportedContent.name)
        messagingSettingID = query.value(of: Self.messagingSetting.name)
    }

    public var query: Query { Query(page.query.items + filter.items) }

    /// The query without the page.
    public var filter: Query {
        let filters = [
            (Self.supportedContent.name, supportedContentID), (Self.messagingSetting.name, messagingSettingID),
        ]
        return Query(expand.items + filters.compactMap { name, id in id.map { (name, $0) } })
    }

    public static func descriptions(path: String) -> [ParameterDescription] {
        Paging.descriptions(path: path) + [Expand.description, supportedContent, messagingSetting]
    }

    private static var supportedContent: ParameterDescription {
        filter("supportedContent.id", "Only integrations to which the profile with this id is assigned")
    }
    private static var messagingSetting: ParameterDescription {
        filter("messagingSetting.id", "Only integrations to which the setting with this id is assigned")
    }
    private static func filter(_ name: String, _ about: String) -> ParameterDescription {
        ParameterDescription(name: name, location: .query, about: about, schema: ["type": "string"])
    }
}

/// The id in the path of an operation on one integration, and the references that the response expands.
public struct ExpandedIntegrationID: ObjectParameters {
    /// The integration's id.
    public let id: String
    /// The references that the response expands.
    public let expand: OneExpansion

    public init(_ id: String) { self.init(id, expand: .none) }

    /// Creates the parameters for the integration with this id, with references that the response expands.
    public init(_ id: String, expand: OneExpansion) {
        self.id = id
        self.expand = expand
    }

    public init(pathParameters: [String], query: Query) throws(APIError) {
        id = try EntityID(pathParameters: pathParameters, query: query).id
        expand = try OneExpansion(query)
    }

    public var pathParameters: [String] { [id] }
    public var query: Query { Query(expand.items) }

    public static func descriptions(path: String) -> [ParameterDescription] {
        EntityID.descriptions(path: path) + [OneExpansion.description]
    }
}
