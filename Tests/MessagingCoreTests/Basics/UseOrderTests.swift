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
                let kept = random.next() % 3
                let oldest = model.firstIndex { UInt64($0.value) % 3 != kept }
                let removed = order.removeOldest { _, value in UInt64(value) % 3 != kept }
                #expect(removed?.key == oldest.map { model[$0].key })
                #expect(removed?.value == oldest.map { model[$0].value })
                if let oldest { model.remove(at: oldest) }
            }
            #expect(order.count == model.count)
        }
    }
}
