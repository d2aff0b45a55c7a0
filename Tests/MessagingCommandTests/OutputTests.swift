import MessagingFiles
import MessagingSDK
import Testing

@testable import messaging

struct OutputTests {
    @Test func aProgressLineHasTheRateAndTheTimeLeft() {
        #expect(ProgressLine.line(3, of: 10, "steps", after: .milliseconds(100)) == "3 of 10 steps")
        #expect(ProgressLine.line(20, of: 50, "steps", after: .seconds(2)) == "20 of 50 steps, 10 a second, 3 s left")
        #expect(ProgressLine.line(2, of: 20, "steps", after: .seconds(10)) == "2 of 20 steps, 90 s left")
    }

    @Test func aProgressLineWithoutATotalHasTheRate() {
        #expect(ProgressLine.line(100, of: nil, "changes", after: .milliseconds(100)) == "100 changes")
        #expect(ProgressLine.line(100, of: nil, "changes", after: .seconds(2)) == "100 changes, 50 a second")
    }

    @Test func secretsThatTheAPIHasMaskedStay() {
        let object: JSON = [
            "name": "a", "outboundNotificationWebhookSignatureSecretToken": "***",
            "webhookHeaders": ["X-Key": "***", "X-Other": "open"],
        ]
        #expect(
            Secrets.redacted(object, except: "***") == [
                "name": "a", "outboundNotificationWebhookSignatureSecretToken": "***",
                "webhookHeaders": ["X-Key": "***", "X-Other": "redacted"],
            ]
        )
        #expect(Secrets.redacted(object)["webhookHeaders"] == ["X-Key": "redacted", "X-Other": "redacted"])
    }

    @Test func aProcessEndsWithItsCodeOrItsSignal() throws {
        func end(_ script: String, _ environment: [String: String]? = nil) throws -> ChildProcess.End {
            try ChildProcess("sh", arguments: ["sh", "-c", script], environment: environment, restoring: []).wait()
        }
        #expect(try end("exit 7") == .exit(7))
        #expect(try end("kill -9 $$") == .signal(9))
        #expect(try end("exit $CODE", ["CODE": "5"]) == .exit(5))
        #expect(throws: ChildProcess.StartError.self) {
            try ChildProcess("/none", arguments: ["none"], restoring: [])
        }
    }
}
