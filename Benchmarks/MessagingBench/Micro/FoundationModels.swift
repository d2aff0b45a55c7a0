/// A setting as a program would declare it that reads and writes it with Foundation. Dates stay strings, which spares Foundation work.
struct FoundationSetting: Codable {
    var id: String
    var name: String
    var dateCreated: String
    var dateModified: String
    var version: String
    var createdBy: FoundationReference?
    var updatedBy: FoundationReference?
    var content: Content?
    var event: Event?
    var selfUri: String

    struct Content: Codable {
        var story: Story?
    }

    struct Story: Codable {
        var mention: Directions?
        var reply: Directions?
    }

    struct Event: Codable {
        var typing: Typing?
    }

    struct Typing: Codable {
        var on: Directions?
    }

    struct Directions: Codable {
        var inbound: Switch?
        var outbound: Switch?
    }

    enum Switch: String, Codable {
        case enabled = "Enabled"
        case disabled = "Disabled"
    }
}

/// A profile in the same way.
struct FoundationProfile: Codable {
    var id: String
    var name: String
    var dateCreated: String
    var dateModified: String
    var createdBy: FoundationReference?
    var modifiedBy: FoundationReference?
    var version: Int
    var mediaTypes: MediaTypes?
    var selfUri: String

    struct MediaTypes: Codable {
        var allow: Access?
    }

    struct Access: Codable {
        var inbound: [MediaType]?
        var outbound: [MediaType]?
    }

    struct MediaType: Codable {
        var type: String
    }
}

/// A reference to another object in the same way.
struct FoundationReference: Codable {
    var id: String?
    var name: String?
    var selfUri: String?
}
