/// The files of an export in HCL.
enum TerraformFile {
    /// The file with the defaults.
    static let defaults = "defaults.tf"
    /// The file with a variable for each secret.
    static let variables = "variables.tf"
    /// The file that names the provider. Only the first export writes it, since people add their backend and their versions to it.
    static let provider = "terraform.tf"

    /// The files that each export writes.
    static let written = TerraformKind.all.map(\.file) + [defaults, variables]

    private static let mark = "Written by messaging export --format hcl."

    /// The first line of each file that an export writes again.
    static let header = HCLBody.Item.comment("\(mark) The next export replaces the file.")
    /// The first line of the file that no later export changes.
    static let lastingHeader = HCLBody.Item.comment("\(mark) Later exports leave the file as it is.")

    /// Returns whether an export has written a file.
    static func isOurs(_ bytes: [UInt8]) -> Bool { bytes.starts(with: "# \(mark)".utf8) }
}
