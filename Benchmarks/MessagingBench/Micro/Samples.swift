import Foundation
import MessagingContract
import MessagingCore

extension Stamp {
    /// A stamp of a client's request.
    static func bench(id: String = Surroundings.system.makeID()) -> Stamp {
        let author = Author(
            user: "0b3f4c2d-1111-4222-8333-444455556666",
            client: "9c8b7a69-1111-4222-8333-444455556666",
            operation: "patchConversationsMessagingSetting",
            contextID: "5d4c3b2a-1111-4222-8333-444455556666",
            address: "192.0.2.1"
        )
        return Stamp(
            time: Date(timeIntervalSince1970: 1_772_356_527.104),
            id: id,
            author: author,
            limits: OrganizationLimits(objects: .max, bytes: .max)
        )
    }
}

extension MessagingSetting {
    static func bench(_ number: Int) -> MessagingSetting {
        MessagingSetting(.bench(number), .bench(id: .bench(number)))
    }
}

extension String {
    /// An id of the length that ids have.
    static func bench(_ number: Int) -> String {
        "0b3f4c2d-1111-4222-8333-" + String(1_000_000_000_000 + number).dropFirst()
    }
}

extension SupportedContent {
    /// A profile that lets so many types in, and three out.
    static func bench(_ types: Int) -> SupportedContent {
        let names = (0..<types).map {
            MediaType(type: types == 3 ? MediaType.common[$0] : "application/vnd.bench.part-\($0)")
        }
        let request = SupportedContentRequest(
            name: "Bench profile of \(types)",
            mediaTypes: MediaTypes(
                allow: MediaTypeAccess(inbound: names, outbound: MediaType.common.map { MediaType(type: $0) })
            )
        )
        return SupportedContent(request, .bench())
    }
}

extension MediaType {
    /// What the profile of a new organization sends.
    static let common = ["image/jpeg", "image/png", "image/gif"]
}

extension Organization {
    /// An organization with so many settings.
    static func bench(_ count: Int) throws -> Organization {
        let records = (0..<count).map { number in
            Record(kind: .messagingSetting, id: .bench(number), bytes: MessagingSetting.bench(number).json.bytes)
        }
        return try Organization(StoredOrganization(id: "o-1", revision: 1, records: records))
    }
}
