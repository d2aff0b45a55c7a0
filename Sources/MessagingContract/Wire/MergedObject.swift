/// An object whose members a PATCH changes one by one, where it stands in another one.
///
/// The parts of a setting are merged; `mediaTypes` of a profile are replaced as a whole, and are none.
public protocol MergedObject: WireObject {}

extension ContentSetting: MergedObject {}
extension StorySetting: MergedObject {}
extension InboundOnlySetting: MergedObject {}
extension EventSetting: MergedObject {}
extension TypingSetting: MergedObject {}
extension SettingDirection: MergedObject {}
