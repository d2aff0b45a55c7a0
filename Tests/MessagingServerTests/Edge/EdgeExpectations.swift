import MessagingContract
import Testing

/// A refusal in the vendor's form, with which the connection ends.
func expectRefusal(_ answer: RawAnswer, _ status: Int, _ code: String, from client: RawClient) async {
    expectError(answer, status, code)
    #expect(answer.closes)
    if answer.closes { #expect(await client.rest() == "") }
}

/// An error in the vendor's form.
func expectError(_ answer: RawAnswer, _ status: Int, _ code: String) {
    #expect(answer.status == status)
    #expect(answer.isWellFormed)
    #expect(answer.json?["status"] == JSON(integerLiteral: status))
    #expect(answer.json?["code"]?.string == code)
    #expect(answer.json?["contextId"]?.string == answer.fields["inin-correlation-id"])
    #expect(answer.fields["genesys-correlation-id"] == answer.fields["inin-correlation-id"])
    #expect(answer.fields["content-type"] == "application/json")
    #expect(answer.fields["date"] != nil)
}

/// An error in the form of the OAuth endpoints.
func expectOAuthError(_ answer: RawAnswer, _ status: Int) {
    #expect(answer.status == status)
    #expect(answer.isWellFormed)
    #expect(answer.json?["error"]?.string == "invalid_request")
    #expect(answer.json?["error_description"]?.string?.isEmpty == false)
    #expect(answer.fields["inin-correlation-id"] != nil)
}

/// A refusal in the form of the OAuth endpoints, with which the connection ends.
func expectOAuthRefusal(_ answer: RawAnswer, _ status: Int, from client: RawClient) async {
    expectOAuthError(answer, status)
    #expect(answer.closes)
    if answer.closes { #expect(await client.rest() == "") }
}

/// A request that needs no token and gets 200.
let live = "GET /health/live HTTP/1.1\r\nHost: test\r\n\r\n"
