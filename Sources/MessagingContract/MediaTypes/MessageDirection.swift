/// Which way a message goes. An answer may have a value that this version does not know; it is kept.
public struct MessageDirection: WireEnum {
    /// The value as it is written.
    public let rawValue: String

    /// A value by its name.
    public init(rawValue: String) { self.rawValue = rawValue }

    /// From the customer to the organization.
    public static let inbound = MessageDirection(rawValue: "Inbound")
    /// From the organization to the customer.
    public static let outbound = MessageDirection(rawValue: "Outbound")

    public static let allCases = [inbound, outbound]
}
