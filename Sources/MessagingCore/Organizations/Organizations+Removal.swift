public import MessagingContract
import Synchronization

extension Organizations {
    /// Removes an organization from the store and from memory, with everything in it. Later requests with its tokens get 401, and waiting writes
    /// 404. Removing an organization that does not exist does nothing.
    ///
    /// Throws 503 if it may not have been removed, and 500 if the store is no ``EmulatorStore``.
    public func remove(_ id: String) async throws(APIError) {
        let store = try emulatorStore
        try await APIError.fromStore { () throws(StoreError) in try await store.remove(id) }
        // A load or a commit that began before publishes its snapshot first.
        while !forgetSnapshot(of: id) { try? await surroundings.sleep(.milliseconds(1)) }
        forgetSize(of: id)
    }

    /// Drops the snapshot of an organization. Returns false if one is loaded or written now.
    private func forgetSnapshot(of id: String) -> Bool {
        let dropped = waiting.withLock { waiting in
            loading.withLock { loading in
                waiting.contains(id) || loading[id] != nil ? nil : published.withLock { $0.remove([id]) }
            }
        }
        guard let dropped else { return false }
        DroppedSnapshots(dropped).free()
        return true
    }

    /// The store, if it is one for an emulator. Throws 500 otherwise.
    var emulatorStore: any EmulatorStore {
        get throws(APIError) {
            guard let store = store as? any EmulatorStore else {
                throw .internalServerError.caused(by: "the store has no part for an emulator")
            }
            return store
        }
    }
}
