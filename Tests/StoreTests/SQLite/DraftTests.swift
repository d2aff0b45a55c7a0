import Foundation
import Testing

@testable import MessagingSQLite

/// The unfinished files of a process disappear with it, whatever other files it begins and finishes meanwhile.
@Suite struct DraftTests {
    @Test func aProcessThatEndsLeavesNoDraftWhileOthersAreMade() async throws {
        try await withDirectory { directory in
            for number in 0..<6 {
                await #expect(processExitsWith: .exitCode(7)) {
                    [directory = directory as String, number = number as Int] in
                    let file = try Drafts.make("\(directory)/\(number)")
                    for thread in 0..<2 {
                        Thread.detachNewThread {
                            var count = 0
                            while true {
                                let path = "\(directory)/\(number).\(thread).\(count)"
                                count += 1
                                _ = try? Drafts.make(path)
                                unlink(path)
                                Drafts.forget(path)
                            }
                        }
                    }
                    _ = try Drafts.make("\(directory)/\(number).last")
                    withExtendedLifetime(file) { Drafts.discardAndExit(7) }
                }
            }
            let left = try FileManager.default.contentsOfDirectory(atPath: directory)
            #expect(left == [])
        }
    }
}
