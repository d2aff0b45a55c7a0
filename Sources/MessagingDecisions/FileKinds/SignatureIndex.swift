/// An index of signatures by a byte near the beginning of a file.
struct SignatureIndex: Sendable {
    /// The signatures that require a byte at a place, by that byte, highest rank first. One place is the fifth byte, because ISO base media
    /// files begin with a length of four bytes, followed by their kind.
    private var byByte: [(place: Int, lists: [SignatureList])] = [0, 4].map {
        ($0, [SignatureList](repeating: SignatureList(), count: 256))
    }
    /// The signatures that require neither byte, highest rank first.
    private var others = SignatureList()

    /// Creates an index of these signatures.
    init(_ signatures: [Signature]) {
        for signature in signatures.sorted(by: { $0.rank > $1.rank }) { insert(signature) }
    }

    private mutating func insert(_ signature: Signature) {
        for index in byByte.indices {
            if let bytes = signature.bytes(at: byByte[index].place) {
                for byte in bytes { byByte[index].lists[Int(byte)].append(signature) }
                return
            }
        }
        others.append(signature)
    }

    /// Returns the kind of a file with these first bytes, or nil if no signature fits.
    func kind(of file: UnsafeBufferPointer<UInt8>) -> KnownKind? {
        var best: Signature?
        for (place, lists) in byByte where place < file.count {
            best = lists[Int(file[place])].best(for: file, above: best?.rank ?? .min, has: .all) ?? best
        }
        return (others.best(for: file, above: best?.rank ?? .min, has: ByteSet(file)) ?? best)?.kind
    }
}

/// A list of signatures, highest rank first. Each has a mark that rules out most files without access to the signature itself.
private struct SignatureList: Sendable {
    private struct Mark {
        let rank: Int
        let length: Int
        let probe: Signature.Probe
    }

    private var signatures: [Signature] = []
    private var marks: [Mark] = []

    mutating func append(_ signature: Signature) {
        signatures.append(signature)
        marks.append(Mark(rank: signature.rank, length: signature.length, probe: signature.probe))
    }

    /// Returns the first signature above a rank that fits a file with these first bytes, or nil if there is none.
    func best(for file: UnsafeBufferPointer<UInt8>, above rank: Int, has present: ByteSet) -> Signature? {
        for place in marks.indices {
            let mark = marks[place]
            if mark.rank <= rank { return nil }
            if mark.length <= file.count, mark.probe.mayFit(file, has: present), signatures[place].fits(file) {
                return signatures[place]
            }
        }
        return nil
    }
}

extension Signature.Probe {
    fileprivate func mayFit(_ file: UnsafeBufferPointer<UInt8>, has present: ByteSet) -> Bool {
        guard let place else { return mask != .max || present.contains(byte) }
        return file[place] & mask == byte
    }
}

/// The set of the byte values in a file.
private struct ByteSet {
    static let all = ByteSet(words: SIMD4(repeating: .max))

    private var words: SIMD4<UInt64>

    private init(words: SIMD4<UInt64>) { self.words = words }

    /// Creates the set of the byte values in the first 10,000 bytes. Signatures without a fixed place are searched for only there.
    init(_ file: UnsafeBufferPointer<UInt8>) {
        words = .zero
        for byte in file.prefix(10_000) { words[Int(byte >> 6)] |= 1 << UInt64(byte & 63) }
    }

    func contains(_ byte: UInt8) -> Bool { words[Int(byte >> 6)] & 1 << UInt64(byte & 63) != 0 }
}
