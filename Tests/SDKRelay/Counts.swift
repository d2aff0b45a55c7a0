import HTTPTypes
import MessagingSDK
import Synchronization

/// What was made of the requests.
final class Counts: Sendable {
    private let state = Mutex((typed: [String: Int](), plain: [String: Int](), other: [String: Int]()))

    /// A request was made by the typed call of this operation.
    func count(typed operation: String) { state.withLock { $0.typed[operation, default: 0] += 1 } }

    /// A request for one of the operations was forwarded unchanged.
    func count(plain why: Inexpressible) { state.withLock { $0.plain[why.rawValue, default: 0] += 1 } }

    /// A request for an operation that the SDK does not have was forwarded unchanged.
    func count(other request: HTTPRequest) {
        let path = request.path?.prefix { $0 != "?" } ?? ""
        state.withLock { $0.other["\(request.method) \(path)", default: 0] += 1 }
    }

    var json: JSON {
        let (typed, plain, other) = state.withLock { $0 }
        return ["typed": Self.json(typed), "plain": Self.json(plain), "other": Self.json(other)]
    }

    private static func json(_ counts: [String: Int]) -> JSON {
        var object = JSON.Object()
        for (name, count) in counts.sorted(by: { $0.key < $1.key }) { object[name] = count.json }
        return .object(object)
    }
}
