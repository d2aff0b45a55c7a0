import MessagingFiles
import MessagingSDK
import Testing

@testable import messaging

struct FailureTests {
    @Test func theExitCodesAreThoseOfTheHelp() {
        #expect(Exit.allCases.map(\.rawValue) == [0, 1, 2, 3, 4, 5, 64])
    }

    @Test func aFailureForPeopleHasOneFactOnALine() {
        var failure = Failure(.notFound, "not.found", "there is no \"a\u{1B}\"", details: ["1"], next: "Look.")
        failure.contextID = "c"
        #expect(failure.text == "messaging: there is no \"a\\u{1B}\"\n  1\nnext: Look.\ncontext id: c")
    }

    @Test func aFailureForProgramsIsOneObject() {
        var failure = Failure(.failed, "refused", "no", details: ["1", "2"], next: "Look.")
        failure.contextID = "c"
        failure.status = 500
        #expect(
            failure.json == [
                "code": "refused", "message": "no: 1, 2", "next": "Look.", "contextId": "c", "status": 500,
            ]
        )
    }

    @Test(arguments: [
        (MessagingError.Reason.notConnected, Exit.failed, "not.connected"), (.cancelled, .cancelled, "cancelled"),
        (.timedOut, .failed, "timed.out"), (.unreadable, .failed, "unreadable.response"),
    ])
    func aCallWithoutAResponseHasItsExitCode(reason: MessagingError.Reason, exit: Exit, code: String) {
        let failure = Failure(MessagingError(reason))
        #expect(failure.exit == exit && failure.code == code)
    }
}
