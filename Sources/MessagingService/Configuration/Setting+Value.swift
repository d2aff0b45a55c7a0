extension Setting {
    /// Returns the value: the flag wins over the environment variable, which wins over the default. `flags` are the texts of the given
    /// flags, by the names of their settings.
    ///
    /// If the text is not valid, throws a line that names the flag or the variable and states the valid values.
    package func value(_ flags: [String: String], _ environment: Environment) throws(StartError) -> Value {
        let text = flags[description.name] ?? environment[description] ?? description.standard
        guard let value = read(text) else { throw complaint(text ?? "", isFlag: flags[description.name] != nil) }
        return value
    }

    /// Returns the value if a flag or a variable gives one, and nil if only the default would. Throws like ``value(_:_:)``.
    package func given(_ flags: [String: String], _ environment: Environment) throws(StartError) -> Value? {
        guard (flags[description.name] ?? environment[description]) != nil else { return nil }
        return try value(flags, environment)
    }

    private func complaint(_ text: String, isFlag: Bool) -> StartError {
        let label = isFlag ? description.flag : description.variable
        if description.isSecret { return StartError("\(label) cannot be used: \(expectation)") }
        let hint = isFlag ? nil : hint(text)
        return StartError("\(label) is \"\(text)\"; \(expectation)\(hint.map { ". \($0)" } ?? "")")
    }
}
