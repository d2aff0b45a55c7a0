import ArgumentParser
import MessagingService

/// The text that was given for a setting.
struct GivenFlag: Sendable {
    let setting: String
    let text: String
}

extension Option where Value == GivenFlag? {
    /// The flag of a setting, with its name and its help.
    init<T>(_ setting: Setting<T>) {
        let name = setting.description.name
        self.init(name: .customLong(name), help: ArgumentHelp(setting.description.help, valueName: name)) { text in
            GivenFlag(setting: name, text: text)
        }
    }
}

extension ParsableArguments {
    /// The texts of the settings for which flags were given, by the settings' names.
    var givenFlags: [String: String] {
        let given = Mirror(reflecting: self).children.compactMap { ($0.value as? Option<GivenFlag?>)?.wrappedValue }
        return Dictionary(given.map { ($0.setting, $0.text) }) { $1 }
    }
}
