import Randomness

/// The request number `index` of a seed: the same bytes each time, but for the tokens and ids in it.
struct FuzzMutant: Sendable {
    let index: Int
    let seed: UInt64
    let request: FuzzRequest
    let bytes: [UInt8]
    /// Where the bytes are cut into segments.
    let cuts: [Int]

    /// Whether a response is expected, because there is more than line ends.
    var mustBeAnswered: Bool { bytes.contains { $0 != 13 && $0 != 10 } }

    init(_ index: Int, seed: UInt64, in world: FuzzWorld) {
        var random = SplitMix(seed: seed ^ UInt64(index) &* 0x2545_F491_4F6C_DD1D)
        var request = FuzzRequest(in: world, &random)
        var other: [UInt8]?
        if !random.once(in: 25) {
            for _ in 0...random.pick([0, 0, 0, 1, 2]) {
                switch random.number(below: 20) {
                case 0..<3: request.mutateTarget(&random)
                case 3..<6: request.mutateQuery(&random)
                case 6..<12: request.mutateBody(&random)
                case 12..<14: request.mutateToken(&random)
                case 14..<17: request.mutateFields(&random)
                case 17: request.mutateFraming(&random)
                default: other = FuzzRequest(in: world, &random).bytes
                }
            }
        }
        var bytes = request.bytes
        if let other {
            FuzzBytes.mutate(&bytes, with: other, &random)
            request.isWhole = false
        }
        self.index = index
        self.seed = seed
        self.request = request
        self.bytes = bytes
        cuts = (0..<random.pick([0, 0, 0, 1, 3])).map { _ in random.number(below: bytes.count + 1) }.sorted()
    }
}
