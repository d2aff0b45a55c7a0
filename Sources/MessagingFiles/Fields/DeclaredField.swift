package import MessagingSDK

/// A field of a kind of objects, as the API declares it for responses and for requests.
package struct DeclaredField {
    /// The path from the object; empty for the object itself.
    package let path: [String]
    /// The field in responses; nil if no response has it.
    package let response: Shape?
    /// The field in requests; nil if it cannot be written.
    package let request: Shape?
    /// Whether a request that creates an object must have it.
    package let isRequired: Bool

    /// Creates the object that has all fields.
    package init(response: Schema, request: Schema?) {
        self.init(path: [], response: Shape(response), request: request.map { Shape($0) }, isRequired: true)
    }

    private init(path: [String], response: Shape?, request: Shape?, isRequired: Bool) {
        self.path = path
        self.response = response
        self.request = request
        self.isRequired = isRequired
    }

    /// The path with dots between its names.
    package var name: String { path.joined(separator: ".") }
    /// The field as requests have it, or else as responses do.
    package var shape: Shape? { request ?? response }

    /// The fields inside this one, or inside the elements of the array.
    package var members: [DeclaredField] {
        let shown = response?.members ?? []
        let written = request?.members ?? []
        let required = request?.required ?? []
        let names = shown.map(\.name) + written.map(\.name).filter { name in !shown.contains { $0.name == name } }
        return names.map { name in
            DeclaredField(
                path: path + [name],
                response: shown.first { $0.name == name }?.shape,
                request: written.first { $0.name == name }?.shape,
                isRequired: required.contains(name)
            )
        }
    }

    /// Returns the field at a path, such as `content.story.mention`. Throws a failure that names the nearest field if there is none.
    package func field(at path: String) throws(Failure) -> DeclaredField {
        var found = self
        for name in path.split(separator: ".", omittingEmptySubsequences: false).map(String.init) {
            guard let next = found.member(name) else { throw found.lacks(name) }
            found = next
        }
        return found
    }

    private func member(_ name: String) -> DeclaredField? {
        if let member = members.first(where: { $0.path.last == name }) { return member }
        guard let any = shape?.anyMember, !name.isEmpty else { return nil }
        return DeclaredField(
            path: path + [name],
            response: response?.anyMember,
            request: request == nil ? nil : any,
            isRequired: false
        )
    }

    /// Returns the failure for a member that is not declared.
    package func lacks(_ name: String) -> Failure {
        let names = members.compactMap(\.path.last)
        let place = path.isEmpty ? "" : " in \(self.name)"
        let next =
            names.nearest(to: name).map { "Did you mean \((path + [$0]).joined(separator: "."))?" }
            ?? (names.isEmpty ? nil : "The fields\(place) are \(names.joined(separator: ", ")).")
        return .usage("there is no field \"\(name)\"\(place)", next: next)
    }
}
