extension StoreError {
    /// The cause with which a store refuses a write after its last copy.
    public static let isFinal = "the store was copied with --final and takes no more writes"
}
