/// Text for PostgreSQL, which cannot store U+0000. Text with this character is neither stored nor found.
enum Text {
    static func isStorable(_ text: String) -> Bool { !text.utf8.contains(0) }
}
