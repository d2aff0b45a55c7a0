/// A pattern as steps of an automaton without memory, which may be at several steps at a time (Thompson's construction).
struct PatternProgram {
    /// One step.
    enum Step {
        /// Continues if the next character is in the set.
        case scalar(ScalarSet)
        /// Continues at this place between two characters.
        case place(PatternPlace)
        /// Continues at both steps.
        case split(Int, Int)
        /// Continues at another step.
        case jump(Int)
        /// The pattern is found.
        case found
    }

    /// The steps.
    private(set) var steps: [Step] = []
    /// Whether letter case does not count.
    let ignoresCase: Bool
    private var rest = largest

    /// Translates a pattern. Throws an error for one whose repetitions make it too large.
    init(_ node: PatternNode, ignoresCase: Bool) throws(PatternError) {
        self.ignoresCase = ignoresCase
        try add(node)
        steps.append(.found)
    }

    private mutating func add(_ node: PatternNode) throws(PatternError) {
        try spend(1)
        switch node {
        case .scalar(let set):
            try spend(set.ranges.count)
            steps.append(.scalar(set))
        case .place(let place): steps.append(.place(place))
        case .sequence(let parts): for part in parts { try add(part) }
        case .choice(let options): try add(options[...])
        case .repetition(let part, let least, let most):
            for _ in 0..<least { try add(part) }
            guard let most else { return try addLoop(part) }
            for _ in least..<max(least, most) { try addOption(part) }
        }
    }

    private mutating func add(_ options: ArraySlice<PatternNode>) throws(PatternError) {
        var ends: [Int] = []
        for option in options.dropLast() {
            let split = steps.count
            steps.append(.found)
            try add(option)
            ends.append(steps.count)
            steps.append(.found)
            steps[split] = .split(split + 1, steps.count)
        }
        if let last = options.last { try add(last) }
        for end in ends { steps[end] = .jump(steps.count) }
    }

    private mutating func addLoop(_ part: PatternNode) throws(PatternError) {
        let split = steps.count
        steps.append(.found)
        try add(part)
        steps.append(.jump(split))
        steps[split] = .split(split + 1, steps.count)
    }

    private mutating func addOption(_ part: PatternNode) throws(PatternError) {
        let split = steps.count
        steps.append(.found)
        try add(part)
        steps[split] = .split(split + 1, steps.count)
    }

    private mutating func spend(_ count: Int) throws(PatternError) {
        rest -= count
        guard rest >= 0 else { throw PatternError(reason: "the repetitions make the pattern too large", offset: 0) }
    }

    /// The largest number of parts and ranges, each counted as often as it is repeated.
    private static let largest = 10_000
}
