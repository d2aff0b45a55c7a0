/// The address of a resource or a data source: its type and its label.
struct TerraformAddress: Hashable {
    /// The type.
    let type: String
    /// The label.
    let label: String
    /// Whether it is a data source.
    var isData = false

    /// The type that stands for variables.
    static let variable = "var"

    /// The address as references have it.
    var text: String { "\(isData ? "data." : "")\(type).\(label)" }
}
