import MessagingSDK

/// Checks that the references in files name objects that will exist.
struct ReferenceCheck {
    private let files: Configuration
    private let labels: [String: Set<String>]

    /// Creates a check of files. `staying` has the labels of the objects of the organization that stay, by the command of their kind.
    init(files: Configuration, staying: [String: Set<String>]) {
        self.files = files
        var labels = staying
        for (kind, objects) in files.objects { labels[kind, default: []].formUnion(objects.map(\.label)) }
        self.labels = labels
    }

    /// Throws a failure for the first reference that names no object. It names the nearest one.
    func check() throws(Failure) {
        for kind in ManagedKinds.all {
            for object in files.objects[kind.command] ?? [] {
                for (path, other) in kind.references {
                    guard let name = path.split(separator: ".").first.map(String.init),
                        let label = object.members[name]?["name"]?.string
                    else { continue }
                    try check(label, of: other, in: "\(object.place ?? object.label): \(name)")
                }
            }
        }
        for kind in ManagedKinds.defaulted {
            guard case .object(let label)? = files.defaults[kind.command] else { continue }
            try check(label, of: kind, in: "the default of \(kind.command)")
        }
    }

    private func check(_ label: String, of kind: any ManagedEntity.Type, in place: String) throws(Failure) {
        let known = labels[kind.command] ?? []
        guard !known.contains(label) else { return }
        throw Failure(
            .notFound,
            "not.found",
            "\(place) names the \(kind.noun) \"\(label)\", which neither the files nor the organization have",
            next: known.sorted().nearest(to: label).map { "Did you mean \"\($0)\"?" }
        )
    }
}
