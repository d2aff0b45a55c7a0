/// Files that declare a configuration: a directory of this program, or Terraform's files.
package enum ConfigurationFiles {
    /// Returns the configuration that the files at a path declare. `environment` has the values of Terraform's variables.
    package static func read(_ path: String, _ environment: [String: String]) throws(Failure) -> Configuration {
        guard TerraformFiles.exist(at: path) else { return try ConfigurationDirectory(path).read() }
        return try TerraformFiles(path).read(environment)
    }

    /// Returns whether a path is one of such files, and not of another file.
    package static func exist(at path: String) -> Bool {
        ConfigurationDirectory.exists(path) || TerraformFiles.exist(at: path)
    }
}
