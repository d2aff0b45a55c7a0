import Randomness
import Testing

@testable import MessagingCore

/// Values in the order of their last use, against an array that is searched.
@Suite struct UseOrderTests {
    @Test(arguments: 1...20) func itBehavesLikeAnArray(seed: UInt64) {
        var random = SplitMix(seed: seed)
        var order = UseOrder<Int>()
        var model: [(key: String, value: Int)] = []
        for step in 0..<2_000 {
            let key = "key \(random.next() % 40)"
            let place = model.firstIndex { $0.key == key }
            switch random.next() % 5 {
            case 0, 1:
                #expect(order.set(step, for: key) == place.map { model[$0].value })
                if let place { model[place].value = step } else { model.append((key, step)) }
            case 2:
                #expect(order.use(key) == place.map { model[$0].value })
                if let place { model.append(model.remove(at: place)) }
            case 3:
                #expect(order[key] == place.map { model[$0].value })
            default:
                let (kept, most) = (random.next() % 3, Int(random.next() % 4))
                let visits = Int(random.next() % 8)
                var count = 0
                let removed = order.removeOldest(visiting: visits) { _, value in
                    if count == most { return .stop }
                    if UInt64(value) % 3 == kept { return .keep }
                    count += 1
                    return .remove
                }
                var (going, staying): ([Int], [(key: String, value: Int)]) = ([], [])
                for _ in 0..<min(visits, model.count) where going.count < most {
                    let oldest = model.removeFirst()
                    if UInt64(oldest.value) % 3 == kept { staying.append(oldest) } else { going.append(oldest.value) }
                }
                model += staying
                #expect(removed == going)
            }
            #expect(order.count == model.count)
        }
    }
}
