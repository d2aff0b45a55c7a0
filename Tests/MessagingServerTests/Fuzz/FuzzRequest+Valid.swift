import Foundation
import HTTPTypes
import MessagingContract
import MessagingCore
import Randomness

extension FuzzRequest {
    /// The operations with the largest responses, which are always the same.
    private static let documents = APIOperation.all.filter { $0.tag == "Server" } + APIOperation.pages
    private static let others = APIOperation.all.filter { $0.tag != "Server" }

    private static let mediaTypes = #"{"allow":{"inbound":[{"type":"image/*"}]}}"#

    /// A valid request for any operation, mostly by a permitted caller.
    init(in world: FuzzWorld, _ random: inout SplitMix) {
        operation = random.pick(random.once(in: 40) ? Self.documents : Self.others)
        method = operation.method.rawValue
        let id = world.id(for: operation, &random)
        path = operation.path.replacing(/\{[^}]*\}/, with: id)
        for parameter in operation.content.parameters where parameter.location == .query && !random.once(in: 3) {
            let schema = parameter.schema["items"] ?? parameter.schema
            let values = schema["enum"]?.array?.compactMap(\.string) ?? ["1", "2", "3", "4"]
            let value = parameter.mediaType == nil ? random.pick(values) : Self.mediaTypes.percentEncoded
            query += "\(query.isEmpty ? "" : "&")\(parameter.name)=\(value)"
        }
        if case .bearer = operation.access { authorize(in: world, &random) }
        switch operation.body {
        case .none: break
        case .json: addJSON(id, in: world, &random)
        case .form: addForm(world, &random)
        case .stream(_, let mediaTypes): addDocument(random.pick(mediaTypes))
        }
        if !body.isEmpty, random.once(in: 4) { framing = .chunks([1 + random.number(below: 40)]) }
    }

    private mutating func authorize(in world: FuzzWorld, _ random: inout SplitMix) {
        let isRevoking = operation.id == IdentityEndpoints.revokeToken.operation.id
        let usual = isRevoking ? random.pick(world.spare) : world.token
        let token = random.once(in: 12) ? random.pick(isRevoking ? world.spare : world.others) : usual
        fields.append(("Authorization", Array("Bearer \(token)".utf8)))
    }

    private mutating func addJSON(_ id: String, in world: FuzzWorld, _ random: inout SplitMix) {
        var object = operation.content.example?.object ?? [:]
        if operation.path.contains("integrations"), random.once(in: 3) {
            object["supportedContent"] = world.reference(&random)
            object["webhookHeaders"] = ["X-Key": .string(random.string())]
        }
        for name in ["id", "settingId"] where object[name] != nil { object[name] = .string(id) }
        if random.once(in: 3) { object["name"] = .string(random.string() + "n") }
        if random.once(in: 4) { object[random.string()] = random.json(depth: 3) }
        body = JSON.object(object).bytes
        fields.append(("Content-Type", Array("application/json".utf8)))
    }

    private mutating func addDocument(_ mediaType: String) {
        body = Array((operation.content.example?[mediaType]?.string ?? "").utf8)
        fields.append(("Content-Type", Array(mediaType.utf8)))
    }

    private mutating func addForm(_ world: FuzzWorld, _ random: inout SplitMix) {
        var items = (operation.content.example?.object?.members ?? []).map { ($0.name, $0.value.string ?? "") }
        let (id, secret) = (world.client.client.id, world.client.secret)
        if random.once(in: 2) {
            items += [("client_id", id), ("client_secret", secret)]
        } else {
            let basic = Data("\(id):\(secret)".utf8).base64EncodedString()
            fields.append(("Authorization", Array("Basic \(basic)".utf8)))
        }
        body = Array(items.map { "\($0)=\($1)" }.joined(separator: "&").utf8)
        fields.append(("Content-Type", Array("application/x-www-form-urlencoded".utf8)))
    }
}
