import ArgumentParser
import MessagingService

/// The text of a flag for a setting.
struct GivenFlag: Sendable {
    let setting: String
    let text: String
}

extension Option where Value == GivenFlag? {
    /// Creates the flag of a setting with the setting's name and help.
    init<T>(_ setting: Setting<T>) {
        let name = setting.description.name
        self.init(name: .customLong(name), help: ArgumentHelp(setting.description.help, valueName: name)) { text in
            GivenFlag(setting: name, text: text)
        }
    }
}

extension Flag where Value == Bool {
    /// Creates the flag of a switch with the setting's name and help. The property must have the same name in Swift's spelling.
    init(_ setting: Setting<Bool>) {
        let name = setting.description.name
        self.init(wrappedValue: false, name: .customLong(name), help: ArgumentHelp(setting.description.help))
    }
}

extension ParsableArguments {
    /// The texts of the given flags, by the names of their settings.
    var givenFlags: [String: String] {
        let given = Mirror(reflecting: self).children.compactMap { (label, value) -> GivenFlag? in
            if let flag = value as? Flag<Bool>, flag.wrappedValue, let label {
                return GivenFlag(setting: Self.settingName(label), text: "true")
            }
            return (value as? Option<GivenFlag?>)?.wrappedValue
        }
        return Dictionary(given.map { ($0.setting, $0.text) }) { $1 }
    }

    /// Returns the name of the setting whose flag is stored in a property: `accept-lost-secrets` for `_acceptLostSecrets`.
    private static func settingName(_ label: String) -> String {
        label.drop { $0 == "_" }.map { $0.isUppercase ? "-\($0.lowercased())" : "\($0)" }.joined()
    }
}
