public import MessagingContract
import MessagingSQLite

/// The commands of the administration.
public enum AdministrationCommands {
    /// Lists the organizations.
    public static let listOrganizations = AdministrationCommand(
        endpoint: AdministrationEndpoints.listOrganizations
    ) { (administration, _, _, _) throws(APIError) in
        try await administration.listOrganizations()
    }

    /// Creates an organization, and a missing database.
    public static let createOrganization = AdministrationCommand(
        endpoint: AdministrationEndpoints.createOrganization,
        makesDatabase: true
    ) { (administration, _, request, run) throws(APIError) in
        try await administration.createOrganization(request, &run)
    }

    /// Lists the clients of an organization.
    public static let listClients = AdministrationCommand(
        endpoint: AdministrationEndpoints.listClients
    ) { (administration, query, _, run) throws(APIError) in
        try await administration.listClients(query, &run)
    }

    /// Creates a client.
    public static let createClient = AdministrationCommand(
        endpoint: AdministrationEndpoints.createClient
    ) { (administration, _, request, run) throws(APIError) in
        try await administration.createClient(request, &run)
    }

    /// Replaces the secret of a client.
    public static let rotateClient = AdministrationCommand(
        endpoint: AdministrationEndpoints.rotateClient
    ) { (administration, client, _, run) throws(APIError) in
        try await administration.rotateClient(client.id, &run)
    }

    /// Deletes a client.
    public static let deleteClient = AdministrationCommand(
        endpoint: AdministrationEndpoints.deleteClient
    ) { (administration, client, _, run) throws(APIError) in
        try await administration.deleteClient(client.id, &run)
    }

    /// Copies the whole database to a file. Without a server, the copy of a database of an older version stays of that version.
    public static let backup = AdministrationCommand(
        endpoint: AdministrationEndpoints.backup,
        onFile: { database, request, progress in
            // Only an open store can be made to take no writes.
            if request.isFinal == true { return nil }
            let summary = try await Backup.run(of: database, to: request.file) { progress($0.done, $0.total) }
            return BackupReport(summary, file: request.file)
        }
    ) { (administration, _, request, run) throws(APIError) in
        try await administration.backUp(request, &run)
    }

    /// Writes an organization to a file.
    public static let exportOrganization = AdministrationCommand(
        endpoint: AdministrationEndpoints.exportOrganization
    ) { (administration, _, request, run) throws(APIError) in
        try await administration.export(request, &run)
    }

    /// Creates an organization from a file, and a missing database.
    public static let importOrganization = AdministrationCommand(
        endpoint: AdministrationEndpoints.importOrganization,
        makesDatabase: true
    ) { (administration, _, request, run) throws(APIError) in
        try await administration.importOrganization(request, &run)
    }
}
