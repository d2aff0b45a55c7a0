import Foundation
import Logging
import MessagingContract
import MessagingCore
import MessagingSQLite

/// Organizations as documents in files.
extension Administration {
    /// The largest number of bytes of a document that is read. The document of an organization of 64 MiB is shorter.
    static let longestDocument = 512 << 20

    /// Writes a document of an organization. If the progress of the run throws, it throws and leaves no file.
    func export(_ request: ExportRequest, _ run: inout CommandRun) async throws(APIError) -> ExportReport {
        let withSecrets = request.withSecrets == true
        run.log["file"] = .string(request.file.line())
        run.log["with_secrets"] = "\(withSecrets)"
        let (organization, progress) = (try await organization(request.organization, &run), run.progress)
        try takeDocuments()
        defer { documents.giveBack() }
        let secrets = withSecrets ? try await integrations() : nil
        do {
            let wanted = {
                do { try await progress(1, 1) } catch { throw BackupError("the export was interrupted") }
            }
            var report = ExportReport()
            report.bytes = try await DocumentFile.write(to: request.file, apartFrom: store.file, confirming: wanted) {
                try organization.exported(at: organizations.surroundings.now(organization.id), secrets: secrets).json
                    .pretty
            }
            report.file = request.file
            report.organization = organization.id
            report.name = organization.info.name
            report.withSecrets = withSecrets
            return report
        } catch {
            throw error as? APIError ?? .badRequest("\(error)")
        }
    }

    /// Creates an organization from a document. Long work runs on a thread of low priority.
    func importOrganization(_ request: ImportRequest, _ run: inout CommandRun) async throws(APIError) -> ImportReport {
        let (file, newID, author) = (request.file, request.newID == true, run.author)
        run.log["file"] = .string(file.line())
        try takeDocuments()
        defer { documents.giveBack() }
        do throws(BackupError) { try await DocumentFile.check(file, apartFrom: store.file) } catch {
            throw .badRequest("\(error)")
        }
        let document = try await Self.apart { Self.document(file) }
        let integrations = try await integrations()
        let taken = try await integrations.takenClients(of: document)
        let prepared = try await Self.apart {
            Result { () throws(APIError) in
                do throws(APIError) {
                    return try integrations.prepare(document, newID: newID, taken: taken, by: author)
                } catch {
                    throw Self.refusal(of: file, error)
                }
            }
        }
        // If an organization with the id exists, the import is refused.
        if try await organizations.snapshot(of: prepared.organization.id) == nil { try keepKeys() }
        let summary = try await integrations.adopt(prepared, by: author)
        run.log["organization"] = .string(summary.organization.id)
        return ImportReport(summary)
    }

    /// Runs one import or export at a time, since each takes several times the size of its document in memory.
    private func takeDocuments() throws(APIError) {
        guard documents.take() else {
            throw .badRequest("another document is being imported or exported; try again when that is done")
        }
    }

    /// Runs long work on a thread of low priority. Throws as soon as the task is cancelled, as a stopping server does. The result of the
    /// thread is then dropped.
    private static func apart<Found: Sendable>(
        _ work: @escaping @Sendable () -> Result<Found, APIError>
    ) async throws(APIError) -> Found {
        let (results, sender) = AsyncStream.makeStream(of: Result<Found, APIError>.self)
        Task {
            sender.yield(await LowPriority.run(work))
            sender.finish()
        }
        var iterator = results.makeAsyncIterator()
        guard let result = await iterator.next() else {
            throw .badRequest("the server is stopping; nothing was imported")
        }
        return try result.get()
    }

    private static func document(_ file: String) -> Result<OrganizationDocument, APIError> {
        let bytes: [UInt8]
        do {
            bytes = try DocumentFile.read(file, limit: longestDocument)
        } catch {
            return .failure(.badRequest("\(error)"))
        }
        do {
            let json = try JSON(parsing: bytes)
            do throws(FieldError) {
                return .success(try OrganizationDocument(json: json))
            } catch {
                return .failure(refusal(of: file, APIError(error)))
            }
        } catch {
            return .failure(.badRequest("\(file) is not valid JSON: \(error)"))
        }
    }

    /// Returns the error of a document, which names its file and the refused field.
    private static func refusal(of file: String, _ error: APIError) -> APIError {
        guard error.status == 400 else { return error }
        let field = error.details.first?.fieldName ?? ""
        return .badRequest("\(file): \(error.message.hasPrefix(field) ? "" : "\(field): ")\(error.message)")
    }
}

extension ImportReport {
    /// Creates the report of an import.
    fileprivate init(_ summary: ImportSummary) {
        self.init()
        id = summary.organization.id
        name = summary.organization.name
        clients = summary.clients.map { client in
            var made = Client()
            (made.was, made.id, made.secret) = (client.was, client.id, client.secret)
            return made
        }
        integrations = summary.integrations.map { integration in
            var made = Integration()
            (made.id, made.secretToken) = (integration.id, integration.token)
            return made
        }
    }
}
