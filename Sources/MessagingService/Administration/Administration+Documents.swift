import Foundation
import MessagingContract
import MessagingCore
import MessagingSQLite

/// Organizations as documents in files.
extension Administration {
    /// The longest document that is read: that of an organization of 64 MiB is shorter.
    static let longestDocument = 512 << 20

    func export(_ organization: Organization, _ request: AdministrationRequest) async throws(APIError) -> Outcome {
        let secrets = request.withSecrets == true ? try await integrations() : nil
        let file = request.file ?? ""
        do {
            let bytes = try await DocumentFile.write(to: file) {
                try organization.exported(at: Date(), secrets: secrets).json.pretty
            }
            let result: JSON = [
                "file": .string(file), "bytes": bytes.json, "organization": .string(organization.id),
                "name": .string(organization.info.name), "withSecrets": (secrets != nil).json,
            ]
            return Outcome(result: result, organization: organization.id)
        } catch {
            throw error as? APIError ?? .badRequest("\(error)")
        }
    }

    func importOrganization(_ request: AdministrationRequest, by author: Author) async throws(APIError) -> Outcome {
        let file = request.file ?? ""
        let bytes: [UInt8]
        do {
            bytes = try DocumentFile.read(file, limit: Self.longestDocument)
        } catch {
            throw .badRequest("\(error)")
        }
        let summary: ImportSummary
        do {
            let document = try OrganizationDocument(document: bytes)
            summary = try await integrations().adopt(document, newID: request.newID == true, by: author)
        } catch {
            guard let field = error.details.first?.fieldName, !error.message.hasPrefix(field) else { throw error }
            throw .badRequest("\(field): \(error.message)")
        }
        let result: JSON = [
            "id": .string(summary.organization.id), "name": .string(summary.organization.name),
            "clients": .array(
                summary.clients.map { client in
                    var object: JSON.Object = ["was": .string(client.was), "id": .string(client.id)]
                    if let secret = client.secret { object["secret"] = .string(secret) }
                    return .object(object)
                }
            ),
            "integrations": .array(
                summary.integrations.map { ["id": .string($0.id), "secretToken": .string($0.token)] }
            ),
        ]
        return Outcome(result: result, organization: summary.organization.id)
    }
}
