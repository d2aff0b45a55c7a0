/// A log of attachments, which is the body of a simulation.
///
/// Each row has the members or columns `direction` (`Inbound` or `Outbound`, in any case), `mime` and `filename`. All others are ignored.
/// `filename` counts when `mime` is absent or empty: the media type is then that of the `FileKind` that the name indicates, or
/// `application/octet-stream`.
public struct AttachmentLog: OperationBody {
    /// The format of a log, in UTF-8.
    public enum Format: Hashable, Sendable, CaseIterable {
        /// A JSON object on each line.
        case jsonLines
        /// RFC 4180: a header row names the columns, in any order.
        case csv

        /// The media types of the format, the usual one first.
        public var mediaTypes: [String] {
            switch self {
            case .jsonLines: ["application/x-ndjson", "application/jsonl"]
            case .csv: ["text/csv"]
            }
        }

        /// Creates the format of a media type, which is in lower case and without parameters. Returns nil if no format has it.
        public init?(mediaType: String) {
            guard let format = Self.allCases.first(where: { $0.mediaTypes.contains(mediaType) }) else { return nil }
            self = format
        }
    }

    /// The bytes of the log.
    public let body: [UInt8]
    /// The format of the log.
    public let format: Format

    /// Creates a log from its bytes.
    public init(_ bytes: [UInt8], format: Format) {
        body = bytes
        self.format = format
    }

    /// Creates a log of JSON lines from its bytes.
    public init(body: [UInt8]) throws(APIError) { self.init(body, format: .jsonLines) }

    public var mediaType: String? { format.mediaTypes.first }

    /// The rule for a log, which has at most 256 MiB. This limit is our own.
    public static let rule = BodyRule.stream(limit: 256 << 20, mediaTypes: Format.allCases.flatMap(\.mediaTypes))
    public static let schema: Schema? = Schema(["type": "string", "format": "binary"])
    public static let example: JSON? = [
        "application/x-ndjson": .string(jsonLinesExample), "application/jsonl": .string(jsonLinesExample),
        "text/csv": "direction,mime,filename\r\ninbound,image/png,\r\noutbound,,\"Price list, 2026.pdf\"\r\n",
    ]

    private static let jsonLinesExample = """
        {"direction":"Inbound","mime":"image/png"}
        {"direction":"Outbound","filename":"Price list, 2026.pdf"}

        """
}
