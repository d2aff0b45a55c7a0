/// Elements that are sorted in short steps, so that sorting very many never occupies a thread for long: in all O(n log n), and O(n) when
/// they come in order.
///
/// All of it is inlinable, and so public: without that, each comparison takes ten times as long in another module.
public struct SortedRuns<Element> {
    /// How many elements one step of merging moves.
    @usableFromInline static var elementsOfStep: Int { 8_192 }

    @usableFromInline let areInIncreasingOrder: (Element, Element) -> Bool
    /// The runs of this pass that wait, in reverse, and those of the next pass.
    @usableFromInline var runs: [[Element]] = []
    @usableFromInline var merged: [[Element]] = []
    /// The two runs that are being merged, how far they are, and what they have become.
    @usableFromInline var left: [Element] = []
    @usableFromInline var right: [Element] = []
    @usableFromInline var leftIndex = 0
    @usableFromInline var rightIndex = 0
    @usableFromInline var result: [Element] = []

    /// Creates a collection without elements, which are ordered by a strict weak ordering.
    @inlinable public init(by areInIncreasingOrder: @escaping (Element, Element) -> Bool) {
        self.areInIncreasingOrder = areInIncreasingOrder
    }

    /// Adds a few elements in any order. All are added before the first step.
    @inlinable public mutating func append(_ elements: [Element]) {
        guard !elements.isEmpty else { return }
        merged.append(elements.sorted(by: areInIncreasingOrder))
    }

    /// Does one step of sorting; false when nothing is left to do.
    @inlinable public mutating func step() -> Bool {
        if !left.isEmpty || !right.isEmpty {
            merge()
        } else if runs.count > 1 {
            left = runs.removeLast()
            right = runs.removeLast()
            (leftIndex, rightIndex) = (0, 0)
            result.reserveCapacity(left.count + right.count)
        } else {
            guard runs.count + merged.count > 1 else { return false }
            runs = (merged + runs).reversed()
            merged = []
        }
        return true
    }

    /// Removes all elements, which are in ascending order after the last step.
    @inlinable public mutating func removeAll() -> [Element] {
        defer { (runs, merged) = ([], []) }
        return (merged.first ?? runs.first) ?? []
    }

    /// Moves the next elements of the two runs, in order; those of the left one come first among equals.
    @inlinable mutating func merge() {
        if leftIndex + rightIndex == 0, let last = left.last, let first = right.first,
            !areInIncreasingOrder(first, last)
        {
            result += left
            leftIndex = left.count
        }
        var rest = Self.elementsOfStep
        while rest > 0, leftIndex < left.count, rightIndex < right.count {
            if areInIncreasingOrder(right[rightIndex], left[leftIndex]) {
                result.append(right[rightIndex])
                rightIndex += 1
            } else {
                result.append(left[leftIndex])
                leftIndex += 1
            }
            rest -= 1
        }
        if leftIndex == left.count || rightIndex == right.count {
            result += left[leftIndex...]
            result += right[rightIndex...]
            (left, right) = ([], [])
            merged.append(result)
            result = []
        }
    }
}
