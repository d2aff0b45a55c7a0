import Testing

@testable import MessagingContract

@Suite struct APIErrorTests {
    /// Each function that may throw, and each result of one, has room for an error.
    @Test func anErrorTakesTheRoomOfOneReference() {
        #expect(MemoryLayout<APIError>.size == MemoryLayout<UnsafeRawPointer>.size)
    }

    @Test func aChangeOfACopyLeavesTheErrorAsItWas() {
        let error = APIError(status: 400, code: "bad.request", message: "The name is blank.")
        var copy = error
        copy.details.append(APIError.Detail(errorCode: "bad.request", fieldName: "name"))
        copy.contextId = "6b7f7c8e"
        #expect(error.details.isEmpty)
        #expect(error.contextId.isEmpty)
        #expect(copy.message == "The name is blank.")
        #expect(copy != error)
    }

    /// A client may repeat what was not done, and must look first after an unknown outcome.
    @Test func anUnknownOutcomeIsNotToBeRepeated() {
        #expect(APIError.serviceUnavailable.retryAfter == 1)
        #expect(APIError.outcomeUnknown.retryAfter == nil)
    }

    @Test func errorsWithTheSameValuesAreEqual() {
        var error = APIError.notFound.caused(by: "a cause")
        #expect(error != .notFound)
        error.cause = nil
        #expect(error == .notFound)
        #expect(error.hashValue == APIError.notFound.hashValue)
    }
}
