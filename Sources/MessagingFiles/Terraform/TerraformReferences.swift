import MessagingSDK

/// The objects to which references lead.
struct TerraformReferences {
    /// The labels of the objects of resources and data sources.
    var labels: [TerraformAddress: String] = [:]
    /// The labels of objects by the command of their kind and their id.
    var labelsByID: [String: [String: String]] = [:]

    private let values: TerraformValues

    /// Creates a table without objects.
    init(_ values: TerraformValues) { self.values = values }

    /// Returns the reference of a value in the form of files, or null. Throws a failure if the value leads to no object of the kind.
    func reference(_ value: HCLValue, to kind: TerraformKind, in source: HCLSource) throws(Failure) -> JSON {
        guard case .reference(let parts) = value.expression, TerraformValues.variable(parts) == nil else {
            guard let id = try values.text(value, in: source) else { return .null }
            return labelsByID[kind.command]?[id].map { ["name": .string($0)] } ?? ["id": .string(id)]
        }
        let isData = parts.first == "data"
        let address = isData ? Array(parts.dropFirst()) : parts
        guard address.count == 3, address[2] == "id", address[0] == kind.type else {
            throw TerraformValues.unexpected(value, source, "\(kind.type).LABEL.id")
        }
        let found = TerraformAddress(type: address[0], label: address[1], isData: isData)
        guard let label = labels[found] else {
            let known = labels.keys.filter { $0.type == kind.type && $0.isData == isData }.map(\.label).sorted()
            let next =
                known.nearest(to: found.label)
                .map { "Did you mean \(TerraformAddress(type: found.type, label: $0, isData: isData).text).id?" }
                ?? "If another file has it, give the directory in place of the file."
            throw TerraformValues.failure(value, source, "there is no \(found.text)", next: next)
        }
        return ["name": .string(label)]
    }
}
