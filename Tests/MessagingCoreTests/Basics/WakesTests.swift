import Testing

@testable import MessagingCore

@Suite struct WakesTests {
    @Test func aWakeOutsideOfAStepIsMadeAtOnce() {
        var made: [String] = []
        Wakes.atEndOfStep { made.append("wake") }
        #expect(made == ["wake"])
    }

    @Test func wakesOfAStepAreMadeInOrderAtItsEnd() {
        var made: [String] = []
        Wakes.deferred {
            Wakes.atEndOfStep { made.append("first") }
            Wakes.atEndOfStep { made.append("second") }
            made.append("step")
        }
        #expect(made == ["step", "first", "second"])
    }

    @Test func wakesOfAnInnerStepWaitForTheOuterOne() {
        var made: [String] = []
        Wakes.deferred {
            Wakes.deferred { Wakes.atEndOfStep { made.append("wake") } }
            made.append("outer step")
        }
        #expect(made == ["outer step", "wake"])
    }

    @Test func aWakeMayBeginAnotherStep() {
        var made: [String] = []
        Wakes.deferred {
            Wakes.atEndOfStep {
                Wakes.deferred {
                    Wakes.atEndOfStep { made.append("inner wake") }
                    made.append("inner step")
                }
            }
        }
        #expect(made == ["inner step", "inner wake"])
        Wakes.atEndOfStep { made.append("later") }
        #expect(made.last == "later")
    }
}
