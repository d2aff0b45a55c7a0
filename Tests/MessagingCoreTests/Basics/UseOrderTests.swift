import Randomness
import Testing

@testable import MessagingCore

/// Values in the order of their last use, against an array that is searched.
@Suite struct UseOrderTests {
    @Test(arguments: 1...20) func itBehavesLikeAnArray(seed: UInt64) throws {
        var random = SplitMix(seed: seed)
        var order = UseOrder<Int>()
        var model: [(key: String, value: Int)] = []
        // Spots of values that are in the order and of others that were removed, each with the creation of its value.
        var spots: [(spot: UseOrder<Int>.Spot, key: String, creation: Int)] = []
        var creations: [String: Int] = [:]
        for step in 0..<2_000 {
            let key = "key \(random.next() % 40)"
            let place = model.firstIndex { $0.key == key }
            switch random.next() % 6 {
            case 0, 1:
                #expect(order.set(step, for: key) == place.map { model[$0].value })
                if let place {
                    model[place].value = step
                } else {
                    model.append((key, step))
                    creations[key] = step
                    spots.append((try #require(order.spot(of: key)), key, step))
                }
            case 2:
                #expect(order.use(key) == place.map { model[$0].value })
                if let place { model.append(model.remove(at: place)) }
            case 3:
                #expect(order[key] == place.map { model[$0].value })
            case 4:
                guard let known = spots.randomElement(using: &random) else { continue }
                let isValid = creations[known.key] == known.creation
                let place = isValid ? model.firstIndex { $0.key == known.key } : nil
                #expect(order.use(known.spot) == place.map { model[$0].value })
                if let place { model.append(model.remove(at: place)) }
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
