import MessagingContract
import MessagingCore

import struct Foundation.Date

extension RecordKind {
    /// The record that makes an organization one for a test. It has the time at which the organization is deleted.
    static let emulatedOrganization = RecordKind(rawValue: "emulatedOrganization")
}

extension EmulatedOrganization {
    /// Creates a description of an organization. Returns nil for one that was not created for a test.
    init?(_ organization: Organization) {
        guard let bytes = organization[.emulatedOrganization][organization.id]?.bytes,
            let json = try? JSON(parsing: bytes),
            let stored = try? EmulatedOrganization(json: json, side: .response)
        else { return nil }
        self = stored
    }
}
