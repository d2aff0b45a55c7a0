import MessagingSDK

/// The objects of files that are written again, and those that take their places.
enum PresentObjects {
    /// Returns for each object the one that files have for it already: by the id, then by the label, then by the name. None of them is returned
    /// twice. Of several objects with a name, the one with the webhook of the file comes first.
    static func matching(_ objects: [ConfiguredObject], in present: [ConfiguredObject]) -> [ConfiguredObject?] {
        var found: [ConfiguredObject?] = objects.map { _ in nil }
        var isFree = present.map { _ in true }
        func match(_ key: (ConfiguredObject) -> [String]?) {
            var free: [[String]: [Int]] = [:]
            for index in present.indices.reversed() where isFree[index] {
                if let key = key(present[index]) { free[key, default: []].append(index) }
            }
            for index in objects.indices where found[index] == nil {
                guard let key = key(objects[index]), let other = free[key]?.popLast() else { continue }
                found[index] = present[other]
                isFree[other] = false
            }
        }
        match { object in object.id.map { [$0] } }
        match { [$0.label] }
        match { object in object.members["outboundNotificationWebhookUrl"]?.string.map { [object.name, $0] } }
        match { [$0.name] }
        return found
    }
}
