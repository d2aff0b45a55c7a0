import MessagingSDK

extension ConfigurationDirectory {
    /// Writes a configuration to the directory, which is created, or else must be empty or ours. Files of objects that the configuration does
    /// not have are removed. Secrets are not written, but the names of environment variables in their place; those of files that exist are kept.
    /// Returns the names of these variables.
    package func write(
        _ configuration: Configuration,
        format: DocumentFormat,
        _ environment: [String: String]
    ) throws(Failure) -> [String] {
        let present = try presentConfiguration()
        try Files.createDirectory(path)
        // First, so that an interrupted export can be repeated.
        let manifest = "messaging.\(format.rawValue)"
        try Files.write(
            format.bytes(of: Manifest(defaults: configuration.defaults).document),
            to: "\(path)/\(manifest)"
        )
        let taken = SecretPlaceholders.variables(of: present?.objects.values.joined().map(\.self) ?? [])
        var secrets = SecretPlaceholders(environment, taken: taken)
        for kind in ManagedKinds.all {
            guard let objects = configuration.objects[kind.command] else { continue }
            let documents = ObjectDocument(kind)
            let folder = "\(path)/\(kind.command)"
            try Files.createDirectory(folder)
            var names = FileNames()
            var written: Set<String> = []
            for object in secrets.replacing(in: objects, present?.objects[kind.command] ?? []) {
                let document = documents.document(object)
                let format = document.beginsWithByteOrderMark ? .json : format
                let name = "\(names.name(object)).\(format.rawValue)"
                try Files.write(format.bytes(of: document), to: "\(folder)/\(name)")
                written.insert(name)
            }
            for name in try Files.names(in: folder)
            where DocumentFormat(fileName: name) != nil && !written.contains(name) {
                try Files.remove("\(folder)/\(name)")
            }
        }
        for name in try Files.names(in: path) where Manifest.fileNames.contains(name) && name != manifest {
            try Files.remove("\(path)/\(name)")
        }
        return secrets.variables
    }

    /// Returns the configuration that the directory has; nil if it is empty or does not exist. Throws a failure if it is not ours.
    private func presentConfiguration() throws(Failure) -> Configuration? {
        guard try Files.exists(path) else { return nil }
        if try Files.names(in: path).isEmpty { return nil }
        return try read()
    }
}

extension JSON {
    /// Whether a text in the document begins with U+FEFF, which the reader of YAML drops.
    fileprivate var beginsWithByteOrderMark: Bool {
        switch self {
        case .string(let text): text.unicodeScalars.first == "\u{FEFF}"
        case .array(let elements): elements.contains(where: \.beginsWithByteOrderMark)
        case .object(let members): members.contains { $0.value.beginsWithByteOrderMark }
        default: false
        }
    }
}
