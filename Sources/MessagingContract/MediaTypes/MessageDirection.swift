/// The direction of a message. A value in a response that this version does not know is kept.
public struct MessageDirection: WireEnum {
    /// The value as the API writes it.
    public let rawValue: String

    /// Creates a value with this name.
    public init(rawValue: String) { self.rawValue = rawValue }

    /// From the customer to the organization.
    public static let inbound = MessageDirection(rawValue: "Inbound")
    /// From the organization to the customer.
    public static let outbound = MessageDirection(rawValue: "Outbound")

    public static let allCases = [inbound, outbound]
}
