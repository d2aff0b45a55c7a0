/// The sender of a body, from whose share of the memory for bodies it is taken.
enum BodyOwner: Hashable, Sendable {
    /// An admitted client and its organization.
    case client(String, organization: String)
    /// The sender of a form to an OAuth endpoint, by the `site` of its address.
    case address(UInt128)
}
