/// Elements that are sorted in short steps, so sorting very many never occupies a thread for long. Sorting takes O(n log n), and O(n) if
/// the elements are already in order.
///
/// Everything here is inlinable, and therefore public. Otherwise each comparison takes ten times as long in another module.
public struct SortedRuns<Element> {
    /// The number of elements that one merging step moves.
    @usableFromInline static var elementsOfStep: Int { 8_192 }

    @usableFromInline let areInIncreasingOrder: (Element, Element) -> Bool
    /// The waiting runs of this pass, in reverse, and the runs of the next pass.
    @usableFromInline var runs: [[Element]] = []
    @usableFromInline var merged: [[Element]] = []
    /// The two runs that are being merged, the positions in them, and the result so far.
    @usableFromInline var left: [Element] = []
    @usableFromInline var right: [Element] = []
    @usableFromInline var leftIndex = 0
    @usableFromInline var rightIndex = 0
    @usableFromInline var result: [Element] = []

    /// Creates an empty collection, to be ordered by a strict weak ordering.
    @inlinable public init(by areInIncreasingOrder: @escaping (Element, Element) -> Bool) {
        self.areInIncreasingOrder = areInIncreasingOrder
    }

    /// Adds a few elements in any order. All elements are added before the first step.
    @inlinable public mutating func append(_ elements: [Element]) {
        guard !elements.isEmpty else { return }
        merged.append(elements.sorted(by: areInIncreasingOrder))
    }

    /// Does one step of sorting. Returns false if no work is left.
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

    /// Removes all elements and returns them. After the last step they are in ascending order.
    @inlinable public mutating func removeAll() -> [Element] {
        defer { (runs, merged) = ([], []) }
        return (merged.first ?? runs.first) ?? []
    }

    /// Moves the next elements of the two runs, in order. Among equal elements, those of the left run come first.
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
