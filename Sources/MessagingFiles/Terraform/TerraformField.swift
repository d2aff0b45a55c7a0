import MessagingSDK

/// An attribute or a block of a resource, and the member of an object that it is in the API.
struct TerraformField: Sendable {
    /// The form of the value of a field.
    indirect enum Form: Sendable {
        /// An attribute with a text.
        case text
        /// An attribute with the id of an object of the kind with this command.
        case reference(String)
        /// An attribute with a secret.
        case secret
        /// An attribute with the JSON text of an object whose values are secrets.
        case secrets
        /// A block, which occurs once at most.
        case block([TerraformField])
        /// Any number of blocks, each an element of a list.
        case blocks([TerraformField])
    }

    /// The name in HCL.
    let name: String
    /// The name of the member.
    let member: String
    /// The form of the value.
    let form: Form
    /// Whether the provider requires it.
    let isRequired: Bool

    /// Creates a field; its member has the same name unless another is given.
    init(_ name: String, _ member: String? = nil, _ form: Form = .text, isRequired: Bool = false) {
        self.name = name
        self.member = member ?? name
        self.form = form
        self.isRequired = isRequired
    }

    /// Whether it is a block.
    var isBlock: Bool {
        switch form {
        case .block, .blocks: true
        default: false
        }
    }
}
