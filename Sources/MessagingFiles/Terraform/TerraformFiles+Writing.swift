import MessagingSDK

extension TerraformFiles {
    /// Writes a configuration to the directory, which is created, or else must be empty or one of an earlier export. Labels and variables that it
    /// has stay, and so do the files of people: what they declare is not written a second time. Secrets are not written. `environment` shows
    /// whether a variable still has the value of the organization. Throws a failure before the first file is written if the files would not fit
    /// together.
    package func write(_ configuration: Configuration, _ environment: [String: String]) throws(Failure) -> WritingReport
    {
        let found = try presentFiles(environment)
        var present = if let found { found } else { try TerraformPresent([], [], environment) }
        try present.identify(configuration)
        let labels = TerraformLabels(
            configuration,
            present: present.labels,
            taken: present.declared.union(present.imported)
        )
        var secrets = SecretPlaceholders(environment, taken: present.variables) { "TF_VAR_\($0.lowercased())" }
        var written = configuration
        for kind in TerraformKind.all {
            written.objects[kind.command] = configuration.objects[kind.command].map { objects in
                let ours = objects.filter { object in
                    labels.label(object.label, of: kind.command).map {
                        !present.declared.contains(TerraformAddress(type: kind.type, label: $0))
                    } ?? true
                }
                return secrets.replacing(
                    in: ours,
                    kind.command == OpenIntegration.command ? present.integrations : []
                )
            }
        }
        var writer = TerraformWriter(written, labels, present)
        var files: [(name: String, bytes: [UInt8])] = []
        for kind in TerraformKind.all { files.append((kind.file, writer.file(of: kind))) }
        files.append((TerraformFile.defaults, writer.defaults()))
        files.append((TerraformFile.variables, writer.variables(present.shared.union(secrets.variables))))
        let sources = try files.map { name, bytes throws(Failure) in try HCLSource(name: name, bytes) }
        _ = try TerraformModule(sources + present.foreign, skipsOthers: true)

        if found == nil { files.append((TerraformFile.provider, TerraformWriter.provider)) }
        try Files.createDirectory(path)
        for (name, bytes) in files { try Files.write(bytes, to: "\(path)/\(name)") }
        return WritingReport(variables: secrets.variables, notes: writer.notes)
    }

    /// Returns what the directory has; nil if it is empty or does not exist. Throws a failure if it has no file of an export, or has a file of
    /// another origin under a name of the export.
    private func presentFiles(_ environment: [String: String]) throws(Failure) -> TerraformPresent? {
        guard try Files.exists(path) else { return nil }
        if try Files.names(in: path).isEmpty { return nil }
        let all = try sources()
        for source in all where TerraformFile.written.contains(source.name) && !TerraformFile.isOurs(source.bytes) {
            throw foreign("\(path)/\(source.name) is not a file of an earlier export in HCL")
        }
        let names = TerraformFile.written + [TerraformFile.provider]
        guard all.contains(where: { names.contains($0.name) && TerraformFile.isOurs($0.bytes) }) else {
            throw foreign("\(path) is neither empty nor a directory of an earlier export in HCL")
        }
        // People add to the file with the provider.
        let ours = all.filter { TerraformFile.written.contains($0.name) }
        return try TerraformPresent(ours, all.filter { !TerraformFile.written.contains($0.name) }, environment)
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
