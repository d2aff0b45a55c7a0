import MessagingFiles
import MessagingSDK
import Testing

/// Which objects of two configurations are the same, and what differs between them.
@Suite struct ComparisonTests {
    private static func configuration(_ settings: [ConfiguredObject], profiles: [ConfiguredObject] = [])
        -> Configuration
    {
        var configuration = Configuration()
        var (settings, profiles) = (settings, profiles)
        settings.label()
        profiles.label()
        configuration.objects = ["settings": settings, "supported-content": profiles]
        return configuration
    }

    private static func setting(_ name: String, _ inbound: JSON? = nil, id: String? = nil) -> ConfiguredObject {
        var members: JSON.Object = ["name": .string(name)]
        if let inbound { members["event"] = ["typing": ["on": ["inbound": inbound]]] }
        return ConfiguredObject(id: id, members: members)
    }

    private static func profile(_ types: [String]) -> ConfiguredObject {
        let list = JSON.array(types.map { ["type": .string($0)] })
        return ConfiguredObject(members: ["name": "P", "mediaTypes": ["allow": ["inbound": list]]])
    }

    private static func steps(_ before: Configuration, _ after: Configuration) -> [String] {
        Plan(Comparison(from: before, to: after, [:])).steps.map { "\($0.action) \($0.label)" }
    }

    @Test func namesAreIdentities() {
        let before = Self.configuration([Self.setting("A", id: "1"), Self.setting("B", id: "2")])
        let after = Self.configuration([Self.setting("B", "Enabled"), Self.setting("C")])
        #expect(Self.steps(before, after) == ["update B", "create C", "delete A"])
    }

    @Test func anIDCountsBeforeAName() {
        let before = Self.configuration([Self.setting("A", id: "1"), Self.setting("B", id: "2")])
        let after = Self.configuration([Self.setting("A", id: "2"), Self.setting("B", id: "1")])
        #expect(Self.steps(before, after) == ["update A", "update B"])
    }

    @Test func namesThatDifferOnlyInCanonicalFormAreOneObject() {
        let before = Self.configuration([Self.setting("\u{E9}", id: "1")])
        #expect(Self.steps(before, Self.configuration([Self.setting("e\u{301}")])) == ["update e\u{301}"])
    }

    @Test func objectsWithOneNameArePairedByTheirContent() {
        let before = Self.configuration([Self.setting("A", "Enabled", id: "1"), Self.setting("A", id: "2")])
        let after = Self.configuration([Self.setting("A", id: "7"), Self.setting("A", "Enabled", id: "8")])
        #expect(Self.steps(before, after) == [])
        let changed = Self.configuration([Self.setting("A", id: "7"), Self.setting("A", "Disabled", id: "8")])
        #expect(Self.steps(before, changed) == ["update A~8"])
    }

    @Test func anotherNumberOfObjectsWithANameIsAmbiguous() {
        let before = Self.configuration([Self.setting("A", "Enabled", id: "1"), Self.setting("A", id: "2")])
        let comparison = Comparison(from: before, to: Self.configuration([Self.setting("A", "Disabled")]), [:])
        #expect(comparison.ambiguous == ["settings": ["A"]])
        #expect(Comparison(from: before, to: Self.configuration([Self.setting("A")]), [:]).ambiguous == [:])
    }

    @Test(arguments: [
        (["image/png", "video/mp4"], ["video/mp4", "image/png"], true),
        (["image/png", "image/*"], ["image/*", "image/png"], false),
        (["image/*", "video/*"], ["video/*", "image/*"], true), (["*/*", "image/*"], ["image/*", "*/*"], false),
        (["*/*", "image/png", "video/*"], ["*/*", "video/*", "image/png"], true), (["a/b"], ["a/b", "a/b"], false),
        (["a/b", "c/d", "a/*"], ["c/d", "a/b", "a/*"], true), (["a/b", "c/d", "*/*"], ["a/b", "*/*", "c/d"], false),
        ([], ["a/b"], false), (["a/b"], ["A/B"], false),
    ])
    func mediaTypesAreComparedByTheirMeaning(_ one: [String], _ other: [String], _ isSame: Bool) {
        let before = Self.configuration([], profiles: [Self.profile(one)])
        let after = Self.configuration([], profiles: [Self.profile(other)])
        #expect(Comparison(from: before, to: after, [:]).isEmpty == isSame)
        #expect(Comparison(from: after, to: before, [:]).isEmpty == isSame)
    }

    @Test func emptyListsAndObjectsMeanNothing() {
        let before = Self.configuration([], profiles: [Self.profile([])])
        let after = Self.configuration([], profiles: [ConfiguredObject(members: ["name": "P"])])
        #expect(Comparison(from: before, to: after, [:]).isEmpty && Comparison(from: after, to: before, [:]).isEmpty)
    }

    @Test func aKindThatOneSideDoesNotDeclareIsNotCompared() {
        var after = Self.configuration([])
        after.objects["settings"] = nil
        #expect(Self.steps(Self.configuration([Self.setting("A")]), after) == [])
    }

    @Test func aHeaderIsComparedIfItsVariableIsSet() {
        func integration(_ header: String) -> Configuration {
            var configuration = Configuration()
            let members: JSON.Object = ["name": "I", "webhookHeaders": ["X": .string(header)]]
            configuration.objects["integrations"] = [ConfiguredObject(members: members)]
            return configuration
        }
        let before = integration("one")
        #expect(Comparison(from: before, to: integration("env:X"), [:]).isEmpty)
        #expect(Comparison(from: before, to: integration("env:X"), ["X": "one"]).isEmpty)
        let changed = Comparison(from: before, to: integration("env:X"), ["X": "two"])
        #expect(changed.entries.first?.difference.changes.map(\.path) == ["webhookHeaders.X"])
        #expect(changed.entries.first?.difference.changes.first?.after == "redacted")
    }

    @Test func aReferenceToARenamedObjectIsTheSame() {
        func organization(_ setting: String) -> Configuration {
            var configuration = Self.configuration([Self.setting(setting, id: "1")])
            let members: JSON.Object = ["name": "I", "messagingSetting": ["name": .string(setting)]]
            configuration.objects["integrations"] = [ConfiguredObject(members: members)]
            configuration.defaults["settings"] = .object(setting)
            return configuration
        }
        #expect(Self.steps(organization("A"), organization("B")) == ["update B"])
    }

    @Test func aReferenceToOneOfTwoTwinsMeansTheSameAsToTheOther() {
        func organization(_ ids: [String], _ chosen: String) -> Configuration {
            var configuration = Self.configuration(ids.map { Self.setting("A", id: $0) })
            let members: JSON.Object = ["name": "I", "messagingSetting": ["name": .string("A~\(chosen)")]]
            configuration.objects["integrations"] = [ConfiguredObject(members: members)]
            configuration.defaults["settings"] = .object("A~\(chosen)")
            return configuration
        }
        for chosen in ["3", "4"] {
            #expect(Self.steps(organization(["1", "2"], "1"), organization(["3", "4"], chosen)) == [])
        }
    }

    @Test func twoNamesakesThatBothDifferAreNotPaired() {
        let before = Self.configuration([Self.setting("A", "Enabled", id: "1"), Self.setting("A", id: "2")])
        let after = Self.configuration([Self.setting("A", "Disabled", id: "8"), Self.setting("A", "Disabled", id: "9")])
        #expect(Comparison(from: before, to: after, [:]).ambiguous == ["settings": ["A"]])
    }

    @Test func profilesWhoseMediaTypesHaveAnotherOrderAreNoTwins() {
        func organization(_ chosen: String) -> Configuration {
            var profiles = [Self.profile(["image/png", "image/*"]), Self.profile(["image/*", "image/png"])]
            (profiles[0].id, profiles[1].id) = ("1", "2")
            var configuration = Self.configuration([], profiles: profiles)
            configuration.defaults["supported-content"] = .object("P~\(chosen)")
            return configuration
        }
        #expect(Self.steps(organization("1"), organization("2")) == ["setDefault P~2"])
    }

    @Test func theNewOwnerOfANameIsNotTheOldOne() throws {
        let before = Self.configuration([Self.setting("Support", id: "1")])
        var after = Self.configuration([Self.setting("Help", id: "1"), Self.setting("Support", "Enabled")])
        let plan = try Plan(from: before, to: after, prunes: false, [:])
        #expect(plan.ids["settings"] == ["Help": "1"])
        after.objects["settings"]?.removeLast()
        let members: JSON.Object = ["name": "I", "messagingSetting": ["name": "Support"]]
        after.objects["integrations"] = [ConfiguredObject(members: members)]
        let error = #expect(throws: Failure.self) { try Plan(from: before, to: after, prunes: false, [:]) }
        #expect(error?.code == "not.found")
    }

    @Test func aPlanIsCheckedAgainstWhatWasCreatedMeanwhile() throws {
        var before = Self.configuration([Self.setting("A", id: "1")])
        before.defaults["settings"] = Configuration.Default.none
        var after = Self.configuration([Self.setting("A"), Self.setting("B")])
        after.defaults["settings"] = .object("B")
        let plan = try Plan(from: before, to: after, prunes: false, [:])
        try plan.check(before)
        var created = Self.configuration([Self.setting("A", id: "1"), Self.setting("B", id: "2")])
        created.defaults = before.defaults
        #expect(throws: Failure.self) { try plan.check(created) }
        before.defaults["settings"] = .object("A")
        #expect(throws: Failure.self) { try plan.check(before) }
    }
}
