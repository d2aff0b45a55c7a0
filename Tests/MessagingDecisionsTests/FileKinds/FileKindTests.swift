import MessagingContract
import MessagingDecisions
import Testing

@Suite struct FileKindTests {
    @Test(arguments: [
        ("photo.JPG", "image/jpeg"), ("photo.jpeg", "image/jpeg"), ("a.png", "image/png"), ("a.webp", "image/webp"),
        ("archive.tar.gz", "application/gzip"), ("report.final.PDF", "application/pdf"), ("voice.mp3", "audio/mpeg"),
        ("letter.docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
        ("clip.mov", "video/quicktime"), ("clip.3gp", "video/3gpp"), ("a.bz2", "application/x-bzip2"),
        ("a.rar", "application/vnd.rar"), ("drawing.svg", "image/svg+xml"), ("a.txt", "text/plain"),
        (#"C:\My Files\photo.png"#, "image/png"), ("/tmp/v1.2/photo.gif", "image/gif"), ("..png", "image/png"),
        ("名前.png", "image/png"), (".hidden.png", "image/png"), ("two words.csv", "text/csv"),
    ])
    func nameGivesTheType(_ filename: String, _ mediaType: String) {
        #expect(FileKind(filename: filename)?.mediaType == mediaType)
    }

    @Test(arguments: [
        "noextension", ".hidden", ".png", "a.unknownext", "a.", "", ".", "..", "v1.2/README", #"v1.png\README"#,
        "a.png/",
        "a.png ", "png", "a.\u{212A}ey", "a.png\u{0}",
    ])
    func unknownNamesGiveNoType(_ filename: String) { #expect(FileKind(filename: filename) == nil) }

    private static func zip(_ name: String, _ content: String = "") -> [UInt8] {
        [0x50, 0x4B, 3, 4, 20, 0, 0, 0, 0, 0] + [UInt8](repeating: 0, count: 16)
            + [UInt8(name.utf8.count), 0, 0, 0] + Array((name + content).utf8)
    }

    private static func isoMedia(_ brand: String) -> [UInt8] {
        [0, 0, 0, 0x18] + Array("ftyp\(brand)".utf8) + [0, 0, 2, 0] + Array("\(brand)mp41".utf8)
    }

    private static func ogg(_ packet: String) -> [UInt8] {
        Array("OggS".utf8) + [0, 2] + [UInt8](repeating: 0, count: 20) + [1, 0x13] + Array(packet.utf8)
    }

    private static func ebml(_ type: String) -> [UInt8] {
        [
            0x1A, 0x45, 0xDF, 0xA3, 0x9F, 0x42, 0x86, 0x81, 1, 0x42, 0xF7, 0x81, 1, 0x42, 0xF2, 0x81, 4, 0x42, 0xF3,
            0x81, 8,
        ]
            + [0x42, 0x82, 0x80 + UInt8(type.utf8.count)] + Array(type.utf8) + [0x42, 0x87, 0x81, 4]
    }

    private static func tar() -> [UInt8] {
        Array("a.txt".utf8) + [UInt8](repeating: 0, count: 252) + Array("ustar\u{0}00".utf8)
            + [UInt8](repeating: 0, count: 247)
    }

    private static let bmp: [UInt8] =
        Array("BM".utf8) + [0x46, 0, 0, 0, 0, 0, 0, 0, 0x36, 0, 0, 0, 40, 0, 0, 0, 2, 0, 0, 0, 2, 0, 0, 0, 1, 0, 24, 0]

    @Test(
        arguments: [
            ([0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, 0, 0, 0, 13] + Array("IHDR".utf8), "image/png"),
            ([0xFF, 0xD8, 0xFF, 0xE0, 0, 16] + Array("JFIF\u{0}".utf8), "image/jpeg"),
            ([0xFF, 0xD8, 0xFF, 0xE1, 0, 16] + Array("Exif\u{0}".utf8), "image/jpeg"),
            (Array("GIF89a\u{1}\u{0}".utf8), "image/gif"),
            (Array("RIFF\u{10}\u{0}\u{0}\u{0}WEBPVP8 ".utf8), "image/webp"),
            (Array("II*\u{0}\u{8}\u{0}\u{0}\u{0}".utf8), "image/tiff"), (bmp, "image/bmp"),
            ([0, 0, 1, 0, 1, 0, 16, 16, 0, 0, 1, 0, 32, 0], "image/vnd.microsoft.icon"),
            (isoMedia("heic"), "image/heic"), (isoMedia("avif"), "image/avif"),
            (Array("8BPS\u{0}\u{1}".utf8), "image/vnd.adobe.photoshop"),
            (Array("%PDF-1.7\n%".utf8), "application/pdf"), (Array(#"{\rtf1\ansi"#.utf8), "application/rtf"),
            (zip("a.txt", "hello"), "application/zip"),
            ([0x50, 0x4B, 5, 6] + [UInt8](repeating: 0, count: 18), "application/zip"),
            (zip("[Content_Types].xml"), "application/zip"),
            (zip("mimetype", "application/epub+zip"), "application/epub+zip"),
            (zip("mimetype", "application/vnd.oasis.opendocument.text"), "application/vnd.oasis.opendocument.text"),
            ([0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1, 0, 0], "application/x-ole-storage"),
            ([0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 3], "application/gzip"),
            (Array("BZh91AY&SY".utf8), "application/x-bzip2"),
            ([0xFD, 0x37, 0x7A, 0x58, 0x5A, 0, 0, 4], "application/x-xz"),
            ([0x28, 0xB5, 0x2F, 0xFD, 4, 0], "application/zstd"),
            ([0x37, 0x7A, 0xBC, 0xAF, 0x27, 0x1C, 0, 4], "application/x-7z-compressed"),
            (Array("Rar!\u{1A}\u{7}\u{1}\u{0}".utf8), "application/vnd.rar"), (tar(), "application/x-tar"),
            (isoMedia("mp42"), "video/mp4"), (isoMedia("isom"), "video/mp4"), (isoMedia("iso6"), "video/mp4"),
            (isoMedia("qt  "), "video/quicktime"), (isoMedia("3gp5"), "video/3gpp"), (isoMedia("M4A "), "audio/mp4"),
            (ebml("webm"), "video/webm"), (ebml("matroska"), "video/x-matroska"),
            (Array("RIFF\u{10}\u{0}\u{0}\u{0}AVI LIST".utf8), "video/x-msvideo"),
            (Array("FLV\u{1}\u{5}".utf8), "video/x-flv"), ([0, 0, 1, 0xBA, 0x44, 0], "video/mpeg"),
            (Array("RIFF\u{10}\u{0}\u{0}\u{0}WAVEfmt ".utf8), "audio/x-wav"),
            (Array("ID3\u{4}\u{0}\u{0}\u{0}\u{0}\u{0}\u{A}TIT2".utf8), "audio/mpeg"),
            ([0xFF, 0xFB, 0x90, 0x64, 0], "audio/mpeg"),
            (ogg("OpusHead\u{1}"), "audio/ogg"), (ogg("\u{1}vorbis"), "audio/ogg"), (ogg("?"), "application/ogg"),
            (Array("fLaC\u{0}\u{0}\u{0}\"".utf8), "audio/flac"), (Array("#!AMR\n".utf8), "audio/AMR"),
            (Array("MThd\u{0}\u{0}\u{0}\u{6}".utf8), "audio/midi"), ([0, 1, 0, 0, 0, 12, 0, 0x80], "font/ttf"),
            (Array("<?xml version=\"1.0\"?><svg/>".utf8), "application/xml"),
            (Array("<?xml version=\"1.0\"?><!DOCTYPE html>".utf8), "application/xml"),
            (Array("<!DOCTYPE html><html>".utf8), "text/html"),
            (Array("BEGIN:VCARD\r\n".utf8), "text/vcard"),
            (Array("BEGIN:VCALENDAR\r\nVERSION:2.0\r\n".utf8), "text/calendar"),
            (Array("SQLite format 3\u{0}".utf8), "application/vnd.sqlite3"),
            ([0x7F, 0x45, 0x4C, 0x46, 2, 1, 1], "application/x-elf"),
            ([0xEF, 0xBB, 0xBF] + Array("hello".utf8), "text/plain"),
        ] as [([UInt8], String)]
    )
    func firstBytesGiveTheType(_ bytes: [UInt8], _ mediaType: String) {
        #expect(FileKind(firstBytes: bytes)?.mediaType == mediaType)
        #expect(FileKind(firstBytes: bytes + [UInt8](repeating: 0x20, count: 9_000))?.mediaType == mediaType)
    }

    @Test(arguments: [
        "", "h", "hello, world", "name,age\nAnn,3\n", "{\"a\": 1}", "<svg xmlns=\"http://www.w3.org/2000/svg\"/>",
        "MZ ate it",
        "PK", "BM", "%P", "RIFF", "\u{0}\u{0}\u{0}\u{0}", "I II*", " %!",
    ])
    func unknownFirstBytesGiveNoType(_ text: String) { #expect(FileKind(firstBytes: Array(text.utf8)) == nil) }

    @Test(arguments: [
        ("image/png", "image/png"), ("IMAGE/PNG; a=b", "image/png"), ("application/epub+zip", "application/zip"),
        ("application/vnd.openxmlformats-officedocument.wordprocessingml.document", "application/zip"),
        ("application/vnd.acme+zip", "application/zip"), ("image/svg+xml", "application/xml"),
        ("text/csv", "text/plain"),
        ("application/msword", "application/x-tika-msoffice"), ("audio/wav", "audio/x-wav"),
        ("audio/opus", "audio/ogg"),
        ("application/x-gtar-compressed", "application/gzip"), ("video/mp4", "video/quicktime"),
        ("application/vnd.rar", "application/x-rar-compressed"), ("text/xml", "application/xml"),
        ("image/heic", "image/heif"), ("image/avif", "image/heif-sequence"), ("image/avif", "video/mp4"),
        ("audio/mp4", "video/3gpp"), ("audio/webm", "video/webm"), ("image/x-adobe-dng", "image/tiff"),
        ("image/apng", "image/png"), ("image/svg+xml", "application/gzip"),
        ("audio/x-ms-wma", "application/vnd.ms-asf"),
        ("application/vnd.openxmlformats-officedocument.wordprocessingml.document", "application/x-ole-storage"),
    ])
    func isACaseOfTheOther(_ one: String, _ other: String) {
        #expect(FileKind(mediaType: one).isCase(of: FileKind(mediaType: other)))
        #expect(!FileKind(mediaType: one).isContradicted(byFirstBytesOf: FileKind(mediaType: other)))
        #expect(!FileKind(mediaType: other).isContradicted(byFirstBytesOf: FileKind(mediaType: one)))
    }

    @Test(arguments: [
        ("image/jpg", "image/jpeg"), ("image/pjpeg", "image/jpeg"), ("image/x-png", "image/png"),
        ("image/tif", "image/tiff"), ("image/x-photoshop", "image/vnd.adobe.photoshop"),
        ("image/x-icon", "image/vnd.microsoft.icon"), ("image/x-sony-arw", "image/x-raw-sony"),
        ("audio/mp3", "audio/mpeg"), ("audio/mpeg3", "audio/mpeg"), ("audio/m4a", "audio/mp4"),
        ("audio/x-m4a", "audio/mp4"), ("audio/mid", "audio/midi"), ("audio/x-midi", "audio/midi"),
        ("audio/wav", "audio/x-wav"), ("audio/matroska", "audio/x-matroska"), ("video/avi", "video/x-msvideo"),
        ("video/vnd.avi", "video/x-msvideo"), ("video/matroska", "video/x-matroska"),
        ("application/x-zip-compressed", "application/zip"), ("application/x-gzip", "application/gzip"),
        ("text/xml", "application/xml"), ("application/x-pdf", "application/pdf"),
        ("application/x-sqlite3", "application/vnd.sqlite3"), ("font/opentype", "font/otf"),
        ("application/x-tika-msoffice", "application/x-ole-storage"),
        ("audio/vnd.rn-realaudio", "audio/x-pn-realaudio"),
        ("application/vnd.corel-draw", "image/x-coreldraw"), ("image/x-icns", "image/icns"),
    ])
    func anotherNameIsNoContradiction(_ one: String, _ other: String) {
        let (one, other) = (FileKind(mediaType: one), FileKind(mediaType: other))
        #expect(one.isCase(of: other))
        #expect(other.isCase(of: one))
        #expect(!one.isContradicted(byFirstBytesOf: other))
        #expect(!other.isContradicted(byFirstBytesOf: one))
    }

    @Test(arguments: [
        ("image/png", "image/jpeg", true), ("image/png", "application/pdf", true),
        ("image/png", "application/zip", true),
        ("application/pdf", "image/png", true), ("application/pdf", "application/zip", true),
        ("text/csv", "image/png", true),
        ("text/csv", "application/zip", true), ("application/vnd.acme", "image/png", true),
        ("video/x-acme", "image/png", true),
        ("application/vnd.openxmlformats-officedocument.wordprocessingml.document", "application/pdf", true),
        ("audio/mp4", "video/mp4", false), ("audio/mp4", "video/quicktime", false),
        ("audio/ogg", "application/ogg", false),
        ("audio/webm", "video/webm", false), ("application/vnd.acme", "application/zip", false),
        ("application/octet-stream", "image/png", false), ("text/csv", "text/html", false),
        ("model/3mf", "application/zip", false), ("audio/flac", "audio/mpeg", true), ("image/png", "text/html", true),
        ("application/msword", "application/zip", true), ("image/x-canon-cr3", "video/mp4", false),
    ])
    func isContradicted(_ declared: String, _ detected: String, _ expected: Bool) {
        #expect(FileKind(mediaType: declared).isContradicted(byFirstBytesOf: FileKind(mediaType: detected)) == expected)
    }
}
