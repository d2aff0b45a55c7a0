/// An object whose members a PATCH changes one by one, where it stands in another one.
///
/// The parts of a setting are merged; `mediaTypes` of a profile are replaced as a whole, and are none.
public protocol MergedObject: WireObject {}

extension MergedObject {
    /// Returns what a patch says of the object: null, which clears it, when nothing is in it, as Terraform removes a block (our reading);
    /// nil, so that it stays as it is, when no member of it is declared.
    static func patch(_ json: JSON) -> JSON? {
        guard let object = json.object else { return json }
        if object.isEmpty { return .null }
        let declared = declared(in: json)
        return declared.object?.isEmpty == true ? Optional.none : declared
    }
}
