import Foundation
import MessagingContract
import MessagingSQLite
import Testing

@testable import MessagingCore

@Suite(.serialized) struct GuessingTests {
    private let store: InterceptedStore
    private let identity: Identity
    private let registration = ClientRegistration(name: "sample")

    init() async throws {
        store = InterceptedStore(try SQLiteStore.inMemory())
        let organizations = Organizations(store: store)
        _ = try await organizations.create(name: "Sample", with: registration, by: .sample())
        identity = Identity(organizations: organizations, lifetime: 60)
    }

    private func refuse(_ id: String, _ secret: String, from address: String) async {
        await #expect(throws: APIError.oauth(.invalidClient, "client authentication failed")) {
            try await identity.client([(id, secret)], from: address)
        }
    }

    /// The organization has not been loaded, as after a start.
    @Test func anUnknownClientCostsTheStoreAsMuchAsAWrongSecret() async throws {
        let identity = Identity(organizations: Organizations(store: store), lifetime: 60)
        func refuse(_ id: String, _ secret: String, from address: String) async {
            await #expect(throws: APIError.oauth(.invalidClient, "client authentication failed")) {
                try await identity.client([(id, secret)], from: address)
            }
        }
        let start = store.accesses
        await refuse(registration.client.id, "wrong", from: "a")
        let wrong = store.accesses
        await refuse("nobody", registration.secret, from: "a")
        let unknown = store.accesses
        let name = "client(_:)"
        #expect(wrong == start.merging([name: 1]) { $0 + $1 })
        #expect(unknown == wrong.merging([name: 1]) { $0 + $1 })
        _ = try await identity.client([(registration.client.id, registration.secret)], from: "b")
        #expect(store.accesses == unknown.merging([name: 1]) { $0 + $1 })
    }

    /// For the long secret, the digest is most of the work. If the secret of an unknown client were not digested, its response would always
    /// be many times faster. The shortest times are compared until they are alike, because other work of the machine makes single times
    /// longer, and none shorter.
    @Test(arguments: [45, 8 << 20])
    func anUnknownClientTakesAsLongAsAWrongSecret(_ length: Int) async throws {
        let secret = String(repeating: "x", count: length)
        let clock = ContinuousClock()
        var shortest: [String: Duration] = [:]
        var ratio = 0.0
        for round in 0..<1_000 where round < 10 || !(0.33...3).contains(ratio) {
            for id in [registration.client.id, "nobody"].shuffled() {
                let time = await clock.measure { await refuse(id, secret, from: "\(round)") }
                shortest[id] = min(time, shortest[id] ?? time)
            }
            let known = try #require(shortest[registration.client.id])
            ratio = try #require(shortest["nobody"]) / known
        }
        print("secret of \(length) bytes: \(shortest)")
        #expect((0.33...3).contains(ratio))
    }

    @Test func concurrentGuessesAreLimitedLikeSequentialOnes() async throws {
        let statuses = await withTaskGroup { group in
            for number in 0..<200 {
                group.addTask {
                    do throws(APIError) {
                        _ = try await identity.client([(registration.client.id, "wrong \(number)")], from: "a")
                        return 200
                    } catch {
                        return error.status
                    }
                }
            }
            return await group.reduce(into: [:]) { $0[$1, default: 0] += 1 }
        }
        #expect(statuses == [401: 10, 429: 190])
    }

    @Test func theMemoryOfFailuresIsBounded() throws {
        let guesses = GuessLimiter(capacity: 100)
        let now = ContinuousClock.now
        let target = [GuessLimiter.Source(client: "target", address: "a")]
        let long = String(repeating: "x", count: 16 << 10)
        for number in 0..<5_000 {
            if number < 10 { try guesses.record(success: false, of: target, at: now) }
            let sources = [GuessLimiter.Source(client: "\(long)\(number)", address: "a")]
            try guesses.record(success: false, of: sources, at: now)
            #expect(guesses.count <= 100)
            if number >= 10 { #expect(throws: APIError.self) { try guesses.check(Set(target), at: now) } }
        }
        #expect(guesses.count > 25)
    }

    @Test func aWindowEndsAMinuteAfterItsFirstFailure() throws {
        let guesses = GuessLimiter()
        let start = ContinuousClock.now
        let source = GuessLimiter.Source(client: "c", address: "a")
        for second in 0..<10 {
            try guesses.record(success: false, of: [source], at: start.advanced(by: .seconds(second)))
        }
        #expect(throws: APIError.tooManyFailures(retryAfter: 51)) {
            try guesses.check([source], at: start.advanced(by: .seconds(9)))
        }
        #expect(throws: APIError.tooManyFailures(retryAfter: 1)) {
            try guesses.check([source], at: start.advanced(by: .milliseconds(59_001)))
        }
        try guesses.check([source], at: start.advanced(by: .seconds(60)))
    }

    /// A Basic field may be meant in two ways; then a request is two guesses.
    @Test func aRequestWithTwoSecretsCountsAsTwoFailures() async throws {
        let id = registration.client.id
        for number in 0..<5 {
            await #expect(throws: APIError.oauth(.invalidClient, "client authentication failed")) {
                try await identity.client([(id, "a%20\(number)"), (id, "a \(number)")], from: "a")
            }
        }
        await #expect(throws: APIError.self) { try await identity.client([(id, registration.secret)], from: "a") }
        _ = try await identity.client([(id, registration.secret)], from: "b")
    }
}
