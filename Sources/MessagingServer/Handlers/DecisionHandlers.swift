import MessagingContract
import MessagingCore
import MessagingDecisions
import Synchronization

extension Routes {
    /// Adds the operation that decides on a message without sending it.
    mutating func addDecisions(_ gate: ReadGate) {
        on(DecisionEndpoints.decide) { (target, request, call, caller) throws(APIError) in
            let entry = try caller.organization.get(SupportedContent.self, target.id)
            let work = entry.bytes.count + call.body.count + request.attachments.count * ResponseWork.object
            if work <= ResponseWork.atOnce {
                return Reply(try caller.organization.decode(entry, as: SupportedContent.self).decide(request))
            }
            return try await gate.run(for: caller.organizationID) { () throws(APIError) in
                let profile = try await call.onLane { () throws(APIError) in
                    try caller.organization.decode(entry, as: SupportedContent.self)
                }
                let decision = SteppedDecision(try await call.onLane { DecisionRun(profile, request) })
                return Reply(bytes: try await call.onLaneInSteps { decision.step() })
            }
        }
    }
}

/// A decision that is made and written in steps, one after the other, each on any thread.
private final class SteppedDecision: Sendable {
    private enum State {
        case deciding(DecisionRun)
        case writing(ArraySlice<AttachmentDecision>, [UInt8])
    }

    /// The number of attachments per step.
    private static let attachmentsPerStep = 400

    private let state: Mutex<State>

    init(_ run: DecisionRun) { state = Mutex(.deciding(run)) }

    /// Decides on some attachments or writes some decisions. Returns the whole decision once it is written.
    func step() -> [UInt8]? {
        state.withLock { state in
            switch state {
            case .deciding(var run):
                state = .writing([], [])
                state = run.decide(next: Self.attachmentsPerStep) ? .deciding(run) : Self.begin(run.result())
                return nil
            case .writing(let attachments, var bytes):
                state = .writing([], [])
                for attachment in attachments.prefix(Self.attachmentsPerStep) {
                    attachment.write(to: &bytes)
                    bytes.append(UInt8(ascii: ","))
                }
                let rest = attachments.dropFirst(Self.attachmentsPerStep)
                if !rest.isEmpty {
                    state = .writing(rest, bytes)
                    return nil
                }
                bytes.removeLast()
                bytes += "]}".utf8
                return bytes
            }
        }
    }

    /// Writes the members before the decisions on attachments, which are the last member.
    private static func begin(_ decision: Decision) -> State {
        var envelope = decision
        envelope.attachments = []
        return .writing(decision.attachments[...], Array(envelope.json.bytes.dropLast(2)))
    }
}
