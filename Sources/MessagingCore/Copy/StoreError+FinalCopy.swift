extension StoreError {
    /// The cause with which a store refuses a write after its final copy.
    public static let causeAfterFinalCopy = "the store was copied with --final and takes no more writes"
}
