/// Elements that are sorted in small parts as they come, so that sorting very many never occupies a thread for long.
///
/// Sorting n elements costs O(n log n) in all. Elements that come in order are only copied.
package struct SortedRuns<Element: Comparable> {
    /// Sorted runs, each at least twice as long as the next.
    private var runs: [[Element]] = []

    /// Creates a collection without elements.
    package init() {}

    /// Adds elements in any order.
    package mutating func append(_ elements: [Element]) {
        var run = elements
        run.sort()
        while let last = runs.last, last.count < 2 * run.count {
            runs.removeLast()
            run = Self.merge(last, run)
        }
        runs.append(run)
    }

    /// Removes all elements and returns them in ascending order. Lets other tasks run between its steps.
    package mutating func removeAll() async -> [Element] {
        var all: [Element] = []
        while let run = runs.popLast() {
            all = Self.merge(run, all)
            await Task.yield()
        }
        return all
    }

    private static func merge(_ left: [Element], _ right: [Element]) -> [Element] {
        guard let first = right.first, let last = left.last else { return left.isEmpty ? right : left }
        if last <= first { return left + right }
        var merged: [Element] = []
        merged.reserveCapacity(left.count + right.count)
        var rest = right[...]
        for element in left {
            while let next = rest.first, next < element {
                merged.append(next)
                rest.removeFirst()
            }
            merged.append(element)
        }
        merged += rest
        return merged
    }
}
