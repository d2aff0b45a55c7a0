import ArgumentParser
import Foundation
import MessagingContract

/// What the parts of an answer cost, each called alone in this process and on one thread.
struct Micro: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "micro",
        abstract: "Parsing, encoding, rules and matching, without HTTP and without a store."
    )

    @Option(help: "Rounds that are counted.")
    var rounds = 11

    @Option(help: "How long a round lasts, in seconds of processor time.")
    var seconds = 0.03

    @Option(help: "Only what has this in its name.")
    var only: String?

    @Flag(help: "Write one document of JSON.")
    var json = false

    func validate() throws {
        guard rounds > 0, seconds > 0, seconds < 60 else {
            throw ValidationError("--rounds and --seconds must be more than zero")
        }
    }

    func run() throws {
        let comparisons = try Comparison.documents() + Comparison.dates() + Comparison.rules() + Comparison.matching()
        let chosen = comparisons.filter { only.map($0.name.contains) ?? true }
        var results: [JSON] = []
        for comparison in chosen {
            let timings = try comparison.measure(rounds: rounds, seconds: seconds)
            if json {
                results.append(["name": .string(comparison.name), "ways": .array(timings.map(\.json))])
            } else {
                print(comparison.name)
                timings.forEach { print($0.line) }
            }
        }
        if json { FileHandle.standardOutput.write(Data(JSON.array(results).bytes + [UInt8(ascii: "\n")])) }
    }
}

extension Timing {
    fileprivate var json: JSON {
        var object: JSON.Object = ["name": .string(name)]
        object["ns"] = JSON.Number((nanoseconds * 10).rounded() / 10).map(JSON.number)
        object["ratio"] = JSON.Number((ratio * 1_000).rounded() / 1_000).map(JSON.number)
        return .object(object)
    }

    /// The ratio stands only beside what is not ours.
    fileprivate var line: String {
        let time = nanoseconds < 100 ? String(format: "%.1f", nanoseconds) : String(format: "%.0f", nanoseconds)
        let row =
            "  " + name.padding(toLength: 44, withPad: " ", startingAt: 0)
            + String(repeating: " ", count: max(0, 10 - time.count)) + time + " ns"
        return ratio == 1 ? row : row + String(format: "  %.2f times ours", ratio)
    }
}
