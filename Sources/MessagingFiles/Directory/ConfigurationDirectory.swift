import MessagingSDK

/// A directory with the configuration of an organization: the file `messaging.yaml`, and for each kind that it declares a directory with a file
/// for each object.
///
/// ```
/// messaging.yaml              format: 1, and the defaults
/// settings/Support.yaml
/// supported-content/Images.yaml
/// integrations/Web chat.yaml
/// ```
///
/// A kind without a directory is not declared. An empty directory declares that there are no objects of its kind. The names of the files of
/// objects have no meaning, since the objects have names themselves.
package struct ConfigurationDirectory {
    /// The path.
    package let path: String

    /// Creates the directory at a path.
    package init(_ path: String) { self.path = Files.withoutEndSlashes(path) }

    /// Returns whether there is a directory at a path.
    package static func exists(_ path: String) -> Bool { Files.isDirectory(path) }

    /// Returns the configuration that the directory declares. Throws a failure that names the file for anything that cannot be meant.
    package func read() throws(Failure) -> Configuration {
        let names = try Files.names(in: path)
        guard let manifest = names.first(where: Manifest.fileNames.contains) else {
            throw Failure(
                .failed,
                "not.our.directory",
                "\(path) is not a directory of this program: it has no messaging.yaml",
                next: "Create one: messaging export DIR"
            )
        }
        var configuration = Configuration()
        configuration.defaults = try Manifest(Files.document("\(path)/\(manifest)"), at: manifest).defaults
        let kinds = ManagedKinds.all.map { $0.command }
        for name in names where Files.isDirectory("\(path)/\(name)") {
            guard kinds.contains(name) else {
                guard let nearest = kinds.nearest(to: name) else { continue }
                throw Failure(
                    .failed,
                    "unknown.kind",
                    "\(path)/\(name): there is no kind \"\(name)\"",
                    next: "Did you mean \(nearest)?"
                )
            }
            configuration.objects[name] = try objects(ManagedKinds.kind(name))
        }
        return configuration
    }

    private func objects(_ kind: any ManagedEntity.Type) throws(Failure) -> [ConfiguredObject] {
        let reader = ObjectDocument(kind)
        var objects: [ConfiguredObject] = []
        var ids: [String: String] = [:]
        for name in try Files.names(in: "\(path)/\(kind.command)") where DocumentFormat(fileName: name) != nil {
            let place = "\(kind.command)/\(name)"
            let object = try reader.object(Files.document("\(path)/\(place)"), at: place)
            if let id = object.id, let other = ids.updateValue(place, forKey: id) {
                throw Failure(.failed, "invalid.file", "\(place): \(other) has the same id")
            }
            objects.append(object)
        }
        for (name, namesakes) in Dictionary(grouping: objects, by: \.name) where namesakes.count > 1 {
            guard let object = namesakes.first(where: { $0.id == nil }) else { continue }
            let other = namesakes.first { $0.place != object.place }?.place ?? ""
            throw Failure(
                .failed,
                "invalid.file",
                "\(object.place ?? ""): \(other) has the name \"\(name)\", too",
                next: "Write the id of each object into its file as \"id\"."
            )
        }
        objects.label()
        return objects
    }
}
