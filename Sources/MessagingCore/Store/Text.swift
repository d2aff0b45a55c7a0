/// Text for a store. Neither engine can store U+0000, so text with this character is neither stored nor found.
package enum Text {
    /// Returns whether a text can be stored.
    package static func isStorable(_ text: String) -> Bool { !text.utf8.contains(0) }
}
