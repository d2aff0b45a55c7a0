/// The place of an entry in a list: by name, then by id, both by their UTF-8 bytes.
extension Entry {
    /// Returns whether this entry comes before another one.
    func precedes(_ other: Entry) -> Bool {
        let byName = name.compareBytes(to: other.name)
        return (byName == 0 ? id.compareBytes(to: other.id) : byName) < 0
    }
}
