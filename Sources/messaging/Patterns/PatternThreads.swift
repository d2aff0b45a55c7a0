/// The steps of a program at which a search is at the same time.
struct PatternThreads {
    private var present: [Int] = []
    private var following: [Int] = []
    private var visited: [Int]
    private var visit = 0

    /// Creates the threads of a program with this number of steps.
    init(count: Int) { visited = [Int](repeating: 0, count: count) }

    /// Follows each thread up to a step that needs a character, and begins a search at the place between two characters. Returns whether the
    /// pattern is found.
    mutating func begin(_ program: PatternProgram, between before: Unicode.Scalar?, and after: Unicode.Scalar?) -> Bool
    {
        visit += 1
        present.removeAll(keepingCapacity: true)
        var waiting = following + [0]
        while let number = waiting.popLast() {
            guard visited[number] != visit else { continue }
            visited[number] = visit
            switch program.steps[number] {
            case .scalar: present.append(number)
            case .place(let place): if place.isBetween(before, after) { waiting.append(number + 1) }
            case .split(let one, let other): waiting += [other, one]
            case .jump(let target): waiting.append(target)
            case .found: return true
            }
        }
        return false
    }

    /// Moves each thread over a character, and drops those that do not accept it.
    mutating func advance(_ program: PatternProgram, over scalar: Unicode.Scalar) {
        following = present.compactMap { number in
            guard case .scalar(let set) = program.steps[number] else { return nil }
            return set.contains(scalar, ignoringCase: program.ignoresCase) ? number + 1 : nil
        }
    }
}
