import MessagingContract
import MessagingCore
import NIOCore

/// The JSON of a page of a list, of which only the end is made. The objects are in the memory of their organization. No reference to
/// one is counted, because that would fetch the objects from memory one after the other.
struct ListedObjects: Sendable {
    private let chunks: [ArraySlice<Entry>]
    /// The number of bytes of all objects.
    let objectBytes: Int
    private let objects: Int
    /// What follows the objects.
    private let end: [UInt8]

    /// Creates a page from these parts of a list.
    init(_ chunks: [ArraySlice<Entry>], _ links: PageLinks) {
        self.chunks = chunks
        end = links.end
        var (objects, bytes) = (0, 0)
        for chunk in chunks {
            let entries = chunk.span
            objects += entries.count
            for index in entries.indices { bytes += entries[index].bytes.count }
        }
        (self.objects, objectBytes) = (objects, bytes)
    }

    /// The number of bytes of the page.
    var count: Int { PageLinks.begin.utf8CodeUnitCount + objectBytes + max(0, objects - 1) + end.count }

    /// The page.
    var bytes: [UInt8] {
        [UInt8](unsafeUninitializedCapacity: count) { memory, written in
            written = write(to: UnsafeMutableRawBufferPointer(memory))
        }
    }

    /// The page in a buffer.
    var buffer: ByteBuffer {
        var buffer = ByteBufferAllocator().buffer(capacity: count)
        write(to: &buffer)
        return buffer
    }

    /// Appends the page to a buffer.
    func write(to buffer: inout ByteBuffer) {
        buffer.writeWithUnsafeMutableBytes(minimumWritableBytes: count) { write(to: $0) }
    }

    /// Writes the page to memory, which has room for it. Returns the number of bytes.
    private func write(to memory: UnsafeMutableRawBufferPointer) -> Int {
        var written = 0
        func add(_ bytes: UnsafeRawBufferPointer) {
            UnsafeMutableRawBufferPointer(rebasing: memory[written...]).copyMemory(from: bytes)
            written += bytes.count
        }
        PageLinks.begin.withUTF8Buffer { add(UnsafeRawBufferPointer($0)) }
        var rest = objects
        for chunk in chunks {
            let entries = chunk.span
            for index in entries.indices {
                entries[index].bytes.withUnsafeBytes(add)
                rest -= 1
                if rest > 0 {
                    memory[written] = UInt8(ascii: ",")
                    written += 1
                }
            }
        }
        end.withUnsafeBytes(add)
        return written
    }
}
