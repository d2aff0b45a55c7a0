import MessagingSDK

/// The values of attributes, with those of the variables in them.
struct TerraformValues {
    /// The variables by their names: their defaults, if they have one.
    let variables: [String: (value: HCLValue, source: HCLSource)?]
    /// The environment, which has the values of variables as `TF_VAR_NAME`.
    let environment: [String: String]
    /// Whether the default of a variable stands for a secret that the environment does not have.
    let usesDefaults: Bool

    /// Returns the text of a value; nil for null.
    func text(_ value: HCLValue, in source: HCLSource) throws(Failure) -> String? {
        switch value.expression {
        case .null: return nil
        case .string(let text): return text
        case .reference(let parts):
            guard let name = Self.variable(parts) else { break }
            let fallback = try variable(name, value, source)
            if let text = environment[TerraformVariable.environmentName(name)] { return text }
            guard let fallback else {
                throw Self.failure(
                    value,
                    source,
                    "the variable \(name) has no value",
                    next: "Set \(TerraformVariable.environmentName(name)), or give the variable a default."
                )
            }
            return try constant(fallback.value, in: fallback.source)
        default: break
        }
        throw Self.unexpected(value, source, "a text in quotes")
    }

    /// Returns the id of the object that an import names.
    func id(of part: TerraformModule.Part) throws(Failure) -> String {
        if let id = part.block.body.attribute("id")?.value, let text = try text(id, in: part.source) { return text }
        throw part.source.failure(HCLError(offset: part.block.offset, reason: "the import has no id"))
    }

    /// Returns a secret in the form of files, which names the environment variable of a variable; nil for null.
    func secret(_ value: HCLValue, in source: HCLSource) throws(Failure) -> JSON? {
        guard case .reference(let parts) = value.expression, let name = Self.variable(parts) else {
            if case .string(let text) = value.expression { return try Self.literal(text, value, source) }
            return try text(value, in: source).map { .string($0) }
        }
        let fallback = try variable(name, value, source)
        let variable = TerraformVariable.environmentName(name)
        guard usesDefaults, environment[variable] == nil, let fallback else { return SecretReference.value(variable) }
        return try constant(fallback.value, in: fallback.source).map { text throws(Failure) in
            try Self.literal(text, fallback.value, fallback.source)
        }
    }

    /// Returns a secret that stands in the file itself. Throws a failure for one that the form of files takes for the name of an environment
    /// variable.
    private static func literal(_ text: String, _ value: HCLValue, _ source: HCLSource) throws(Failure) -> JSON {
        guard !SecretReference.isReference(text) else {
            throw failure(
                value,
                source,
                "a secret in quotes must not begin with env:",
                next: "Declare a variable, write var.NAME, and set TF_VAR_NAME."
            )
        }
        return .string(text)
    }

    /// Returns the object of a value that is JSON text, with secrets as its values; nil for null.
    func secrets(_ value: HCLValue, in source: HCLSource) throws(Failure) -> JSON? {
        switch value.expression {
        case .null: return nil
        case .string(let text):
            if let object = try? JSON(parsing: Array(text.utf8)), let members = object.object {
                for (_, member) in members {
                    if let secret = member.string { _ = try Self.literal(secret, value, source) }
                }
                return object
            }
        case .json(let inner):
            if case .object = inner.expression { return try json(inner, in: source) }
        default: break
        }
        throw Self.unexpected(value, source, #"jsonencode({ "NAME" = var.NAME })"#)
    }

    private func json(_ value: HCLValue, in source: HCLSource) throws(Failure) -> JSON {
        switch value.expression {
        case .null: return .null
        case .bool(let flag): return .bool(flag)
        case .number(let number):
            if let number = try? JSON(parsing: Array(number.utf8)) { return number }
            throw Self.unexpected(value, source, "a number as JSON has it")
        case .string(let text): return try Self.literal(text, value, source)
        case .list(let elements):
            return .array(try elements.map { element throws(Failure) in try json(element, in: source) })
        case .object(let members):
            var object: JSON.Object = [:]
            for (name, member) in members { object[name] = try json(member, in: source) }
            return .object(object)
        case .reference, .json, .unsupported: return try secret(value, in: source) ?? .null
        }
    }

    /// Returns the default of a variable. Throws a failure that names the nearest variable if there is no such one.
    private func variable(
        _ name: String,
        _ value: HCLValue,
        _ source: HCLSource
    ) throws(Failure) -> (value: HCLValue, source: HCLSource)? {
        guard let fallback = variables[name] else {
            let next =
                variables.keys.sorted().nearest(to: name).map { "Did you mean var.\($0)?" }
                ?? "Declare it: variable \"\(name)\" {}. If another file does, give the directory in place of the file."
            throw Self.failure(value, source, "there is no variable \"\(name)\"", next: next)
        }
        return fallback
    }

    private func constant(_ value: HCLValue, in source: HCLSource) throws(Failure) -> String? {
        switch value.expression {
        case .null: return nil
        case .string(let text): return text
        default: throw Self.unexpected(value, source, "a text in quotes")
        }
    }

    /// Returns the name of the variable that a reference names; nil if it names something else.
    static func variable(_ parts: [String]) -> String? { parts.count == 2 && parts[0] == "var" ? parts[1] : nil }

    /// Returns the failure for a value in the place of another. It names the form of the value only, which may be a secret.
    static func unexpected(_ value: HCLValue, _ source: HCLSource, _ expected: String) -> Failure {
        if case .unsupported(let error) = value.expression { return source.failure(error) }
        let found =
            switch value.expression {
            case .null: "null"
            case .bool: "a truth value"
            case .number: "a number"
            case .string, .unsupported: "a text"
            case .list: "a list"
            case .object: "an object"
            case .json: "jsonencode(...)"
            case .reference(let parts): parts.count == 1 ? "a name without quotes" : "a reference"
            }
        return failure(value, source, "there is \(found) in the place of \(expected)")
    }

    /// Returns the failure with the place of a value.
    static func failure(_ value: HCLValue, _ source: HCLSource, _ reason: String, next: String? = nil) -> Failure {
        source.failure(HCLError(offset: value.offset, reason: reason, next: next))
    }
}
