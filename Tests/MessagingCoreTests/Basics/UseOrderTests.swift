import Randomness
import Testing

@testable import MessagingCore

/// Values in the order of their last use, against an array that is searched.
@Suite struct UseOrderTests {
    @Test(arguments: 1...20) func itDoesWhatAnArrayDoes(seed: UInt64) {
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
                var count = 0
                let removed = order.removeOldest { _, value in
                    if count == most { return .stop }
                    if UInt64(value) % 3 == kept { return .keep }
                    count += 1
                    return .remove
                }
                let going = model.filter { UInt64($0.value) % 3 != kept }.prefix(most).map(\.value)
                #expect(removed == going)
                model.removeAll { going.contains($0.value) }
            }
            #expect(order.count == model.count)
        }
    }
}
