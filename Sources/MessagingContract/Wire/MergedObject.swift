/// An object inside another object whose members a PATCH changes one by one.
///
/// The parts of a setting are merged. `mediaTypes` of a profile is replaced as a whole, so it is not a merged object.
public protocol MergedObject: WireObject {}

extension MergedObject {
    /// Returns the declared part of a patch of this object:
    ///
    /// - null, which clears the object, if the patch is an empty object, as when Terraform removes a block (our reading),
    /// - nil, so that the object stays unchanged, if the patch has members but none that is declared.
    static func patch(_ json: JSON) -> JSON? {
        guard let object = json.object else { return json }
        if object.isEmpty { return .null }
        let declared = declared(in: json)
        return declared.object?.isEmpty == true ? Optional.none : declared
    }
}
