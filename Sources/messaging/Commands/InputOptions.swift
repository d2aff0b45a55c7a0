import ArgumentParser
import Foundation
import MessagingFiles
import MessagingSDK

/// The options of a command that writes the fields of an object.
struct InputOptions: ParsableArguments {
    @Option(
        name: .customLong("set"),
        parsing: .singleValue,
        help: ArgumentHelp(
            "The value of a field; may be repeated. The value of a secret is env:NAME, @FILE or -.",
            valueName: "field=value"
        ),
        completion: Completions.assignments
    )
    var assignments: [String] = []
    @Option(
        name: .shortAndLong,
        help: "A file with an object of fields, in JSON or YAML; - for standard input.",
        completion: .file()
    )
    var file: String?
    @Flag(help: "Show what would change, and change nothing. Exits with 2 if something would.") var dryRun = false

    /// Returns the fields that the options give. Names of other objects become their ids.
    func document<Entity: ManagedEntity>(
        for kind: Entity.Type,
        _ client: MessagingClient
    ) async throws -> RequestDocument {
        var document = RequestDocument(Entity.declared)
        if let file {
            if assignments.contains(where: { $0.hasSuffix("=-") }), file == "-" {
                throw Failure.usage("standard input can be the file or a secret, not both")
            }
            try document.add(InputFile(file).document())
        }
        for assignment in assignments {
            let parts = assignment.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(
                String.init
            )
            guard parts.count == 2 else { throw Failure.usage("--set takes FIELD=VALUE") }
            let field = try Entity.declared.field(at: parts[0])
            try await document.set(field.path, to: value(parts[1], of: field, Entity.references, client))
        }
        return document
    }

    private func value(
        _ text: String,
        of field: DeclaredField,
        _ references: [String: any ManagedEntity.Type],
        _ client: MessagingClient
    ) async throws -> JSON {
        if let name = field.path.first, Secrets.names.contains(name) {
            return try field.value(SecretSource(text, for: "the secret \(field.name)").secret())
        }
        if let kind = references[field.name], !text.isEmpty {
            return .string(try await Self.identify(text, kind, client))
        }
        return try field.value(text)
    }

    private static func identify<Entity: ManagedEntity>(
        _ reference: String,
        _ kind: Entity.Type,
        _ client: MessagingClient
    ) async throws -> String {
        try await ObjectReader<Entity>(client: client).identify(reference)
    }
}
