import MessagingSDK

extension TerraformFiles {
    /// Writes a configuration to the directory, which is created, or else must be empty or one of an earlier export. Labels and variables that it
    /// has stay. Secrets are not written. `environment` tells whether a variable still has the value of the organization.
    package func write(_ configuration: Configuration, _ environment: [String: String]) throws(Failure) -> WritingReport
    {
        let present = try presentFiles()
        var labels: [String: [String: String]] = [:]
        var objects: [String: ConfiguredObject] = [:]
        if let present {
            var reader = try TerraformReader(TerraformModule(present), environment, usesDefaults: false)
            labels = reader.labels
            for object in try reader.configuration(source: path, isWhole: { _ in false }).objects.values.joined() {
                if let id = object.id { objects[id] = object }
            }
        }
        var secrets = SecretPlaceholders(environment) { "TF_VAR_\($0.lowercased())" }
        var written = configuration
        for (kind, declared) in configuration.objects {
            written.objects[kind] = declared.map { object in
                secrets.replacing(in: object, object.id.flatMap { objects[$0] })
            }
        }
        var writer = TerraformWriter(written, TerraformLabels(written, present: labels))
        try Files.createDirectory(path)
        for kind in TerraformKind.all {
            try Files.write(writer.file(of: kind), to: "\(path)/\(kind.file)")
        }
        try Files.write(writer.defaults(), to: "\(path)/\(TerraformFile.defaults)")
        try Files.write(TerraformWriter.variables(secrets.variables), to: "\(path)/\(TerraformFile.variables)")
        if present == nil {
            try Files.write(TerraformWriter.provider, to: "\(path)/\(TerraformFile.provider)")
        }
        return WritingReport(variables: secrets.variables, notes: writer.notes)
    }

    /// Returns the files of the export that the directory has; nil if it is empty or does not exist. Throws a failure if it is not one of an export,
    /// or has a file of another origin under a name of the export.
    private func presentFiles() throws(Failure) -> [HCLSource]? {
        guard Files.exists(path) else { return nil }
        let names = try Files.names(in: path)
        if names.isEmpty { return nil }
        var sources: [HCLSource] = []
        for name in names where TerraformFile.written.contains(name) || name == TerraformFile.provider {
            let bytes = try Files.bytes("\(path)/\(name)")
            if TerraformFile.isOurs(bytes) {
                sources.append(try HCLSource(name: name, bytes))
            } else if TerraformFile.written.contains(name) {
                throw foreign("\(path)/\(name) is not a file of an earlier export in HCL")
            }
        }
        guard !sources.isEmpty else {
            throw foreign("\(path) is neither empty nor a directory of an earlier export in HCL")
        }
        return sources
    }

    private func foreign(_ message: String) -> Failure {
        Failure(
            .failed,
            "not.our.directory",
            message,
            next: "Export to another directory: messaging export DIR --format hcl"
        )
    }
}
