import Foundation
import MessagingFiles
import MessagingSDK

/// A file with a plan, which others may not read.
struct PlanFile {
    private let path: String

    /// Creates the file at a path.
    init(_ path: String) { self.path = path }

    /// Writes a plan that was made for an organization with a tag. See ``tag(of:)``.
    func write(_ plan: Plan, for account: Account, tag: String?) async throws {
        let organization = try await account.client.organization().id
        let document = try PlanDocument(
            plan: plan,
            host: account.host.api.absoluteString,
            organization: organization,
            tag: tag
        )
        let next = "Name a file in a directory that exists and can be written."
        try PrivateFile.write(String(decoding: document.json.pretty, as: UTF8.self), to: path, next: next)
    }

    /// Throws a failure if there is something else than a plan at the path. A plan would be written in its place.
    func checkReplaceable() throws(Failure) {
        var state = stat()
        guard stat(path, &state) == 0 else { return }
        if state.st_mode & S_IFMT == S_IFREG, (try? PlanDocument(InputFile(path).json())) != nil { return }
        throw Failure(
            .failed,
            "file.exists",
            "\(path) exists already and is not a plan of this program",
            next: "Name a new file, or the file of an earlier plan."
        )
    }

    /// Returns the plan in the file. Throws a failure if it was made for another host or organization, or if the organization has changed since.
    func plan(for account: Account) async throws -> Plan {
        let document = try PlanDocument(InputFile(path).json())
        let organization = try await account.client.organization().id
        guard document.host == account.host.api.absoluteString, document.organization == organization else {
            throw Failure(
                .failed,
                "plan.of.another.organization",
                "\(path) was made for the organization \(document.organization) at \(document.host)",
                next: "Use the profile of that organization, or plan again."
            )
        }
        if let tag = document.tag, try await Self.tag(of: account) != tag {
            throw Failure(
                .failed,
                "plan.outdated",
                "the organization has changed since the plan was made",
                next: "Plan again: messaging plan DIR --out \(path)"
            )
        }
        return document.plan
    }

    /// Returns the tag of an organization's present revision: that of its lists. Returns nil for a host that has none.
    static func tag(of account: Account) async throws -> String? {
        guard account.host.honorsIdempotencyKeys else { return nil }
        let page = try Paging(pageSize: 1, pageNumber: 1)
        return try await account.client.call(MessagingSetting.listing, page).metadata.entityTag?.opaque
    }
}
