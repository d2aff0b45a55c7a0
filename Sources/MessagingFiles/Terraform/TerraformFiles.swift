import MessagingSDK

/// Terraform's files with the configuration of an organization: a directory, or one file of it.
///
/// ```
/// terraform.tf            the provider
/// settings.tf             the objects of a kind, each with its import
/// supported_content.tf
/// integrations.tf
/// defaults.tf
/// variables.tf            a variable for each secret
/// ```
///
/// A file of an export declares all objects of its kind. In other files, a kind without resources is not declared.
package struct TerraformFiles {
    /// The path.
    package let path: String

    /// Creates the files at a path.
    package init(_ path: String) { self.path = Files.withoutEndSlashes(path) }

    /// Returns whether a path is one of a file in HCL, or of a directory of such files.
    package static func exist(at path: String) -> Bool {
        guard Files.isDirectory(path) else { return path.hasSuffix(".tf") }
        let names = (try? Files.names(in: path)) ?? []
        return names.contains { $0.hasSuffix(".tf") } && !names.contains(where: Manifest.fileNames.contains)
    }

    /// Returns the configuration that the files declare. `environment` has the values of variables. Throws a failure that names the file, the line
    /// and the column of anything that is not understood.
    package func read(_ environment: [String: String]) throws(Failure) -> Configuration {
        let sources = try sources()
        let whole = Set(sources.filter { TerraformFile.isOurs($0.bytes) }.map { $0.name.fileName })
        var reader = try TerraformReader(TerraformModule(sources), environment, usesDefaults: true)
        return try reader.configuration { whole.contains($0) }
    }

    /// Returns the files at the path, in the order of their names.
    func sources() throws(Failure) -> [HCLSource] {
        guard Files.isDirectory(path) else { return [try HCLSource(name: path, Files.bytes(path))] }
        var sources: [HCLSource] = []
        for name in try Files.names(in: path) where !Files.isDirectory("\(path)/\(name)") {
            if name.hasSuffix(".tf.json") {
                throw Failure(.failed, "invalid.file", "\(path)/\(name): Terraform's files in JSON are not read here")
            }
            guard name.hasSuffix(".tf") else { continue }
            sources.append(try HCLSource(name: name, Files.bytes("\(path)/\(name)")))
        }
        return sources
    }
}

extension String {
    /// The last part of a path.
    fileprivate var fileName: String { split(separator: "/").last.map(String.init) ?? self }
}
