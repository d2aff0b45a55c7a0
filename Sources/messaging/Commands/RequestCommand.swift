import ArgumentParser
import MessagingFiles
import MessagingSDK
import StandardStreams

/// The command `messaging request`.
struct RequestCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "request",
        abstract: "Send any request with a token, and print the body of the response.",
        discussion: """
            For example: messaging request GET '/api/v2/conversations/messaging/settings?pageSize=1'. The body is printed as the host sends it, \
            with its secrets; only on a terminal characters without a form of their own are escaped. It does not ask before it deletes.
            """
    )

    @Argument(help: "The method, such as GET.") var method: String
    @Argument(help: "The path and the query.") var path: String
    @Option(help: "A file with a JSON body; - for standard input.", completion: .file()) var input: String?
    @Flag(help: "Print the status and the header fields first.") var include = false
    @OptionGroup var options: AccountOptions

    func validate() throws {
        guard HTTPRequest.Method(rawValue: method.uppercased()) != nil else {
            throw ValidationError("\(method.visible) is no method.")
        }
        guard path.hasPrefix("/"), path.utf8.allSatisfy({ (0x21...0x7E).contains($0) }), !path.contains("#") else {
            throw ValidationError(
                "The path must begin with /, and other characters than visible ASCII must be percent-encoded."
            )
        }
    }

    func run() async throws {
        guard let method = HTTPRequest.Method(rawValue: method.uppercased()) else { return }
        let client = try options.account.client
        let body = try input.map { path throws(Failure) in try Self.body(InputFile(path)) }
        let metadata: ResponseMetadata
        do {
            metadata = try await client.call(method, path, body: body)
        } catch {
            if let metadata = error.metadata { try show(metadata) }
            throw error
        }
        try show(metadata)
    }

    /// Returns the body in a file. Throws a failure if there is none, as after a program that failed in a pipe.
    private static func body(_ file: InputFile) throws(Failure) -> [UInt8] {
        let body = try file.bytes()
        guard !body.isEmpty else {
            throw Failure(
                .failed,
                "file.empty",
                "\(file.name) is empty, and nothing was sent",
                next: "Leave out --input for a request without a body."
            )
        }
        return body
    }

    private func show(_ response: ResponseMetadata) throws {
        if include {
            let fields = response.headers.map { "\($0.name.rawName): \($0.value)".visible }
            try Terminal.print((["HTTP \(response.status)"] + fields + [""]).joined(separator: "\n"))
        }
        guard Terminal.showsOutput else { return try Terminal.write(response.body) }
        if let json = response.json { return try Terminal.print(json.shown) }
        let text = String(decoding: response.body, as: UTF8.self)
        try Terminal.print(
            text.split(separator: "\n", omittingEmptySubsequences: false).map { String($0).visible }.joined(
                separator: "\n"
            )
        )
    }
}
