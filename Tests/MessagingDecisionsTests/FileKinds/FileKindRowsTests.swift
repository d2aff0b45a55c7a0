import MessagingContract
import MessagingDecisions
import Testing

/// Real names and leading bytes of files, with the types by the specifications of the formats.
@Suite struct FileKindRowsTests {
    private static let profile: SupportedContent = {
        var profile = SupportedContent()
        profile.mediaTypes = .allowing(inbound: ["*/*"])
        return profile
    }()

    private func decide(_ attachment: MessageAttachment) -> String? {
        Self.profile.decide(DecisionRequest(direction: .inbound, attachments: [attachment])).attachments.first?
            .mediaType
    }

    private func simulate(_ name: String, _ format: AttachmentLog.Format) throws -> String? {
        let log =
            switch format {
            case .csv: "direction,mime,filename\nInbound,,\(name)\n"
            case .jsonLines: #"{"direction":"Inbound","mime":"","filename":"\#(name)"}"#
            }
        return try Simulation.of(log, format).groups.first?.mediaType
    }

    @Test func thereAreRowsOfManyFormats() {
        #expect(FileKindRow.all.count >= 500)
        #expect(Set(FileKindRow.all.map(\.mediaType)).count >= 200)
    }

    @Test func nameAndBytesTogetherGiveTheType() {
        for row in FileKindRow.all {
            #expect(decide(MessageAttachment(filename: row.name, firstBytes: row.bytes)) == row.mediaType, "\(row)")
        }
    }

    @Test func bytesAloneGiveTheType() {
        for row in FileKindRow.all {
            #expect(FileKind(firstBytes: row.bytes)?.mediaType == row.byBytes, "\(row)")
            let decided = decide(MessageAttachment(mime: "", filename: "", firstBytes: row.bytes))
            #expect(decided == row.byBytes ?? "application/octet-stream", "\(row)")
        }
    }

    @Test func nameAloneGivesTheType() {
        for row in FileKindRow.all {
            #expect(FileKind(filename: row.name)?.mediaType == row.byName, "\(row)")
            let decided = decide(MessageAttachment(mime: "", filename: row.name, firstBytes: []))
            #expect(decided == row.byName ?? "application/octet-stream", "\(row)")
        }
    }

    /// A simulation, which has names only, agrees with a decision, except for files whose bytes say more than their name or contradict it.
    @Test(arguments: AttachmentLog.Format.allCases) func aSimulationAgrees(_ format: AttachmentLog.Format) throws {
        for row in FileKindRow.all {
            // A simulation has its media types in lower case.
            let expected = row.byName?.lowercased() ?? "application/octet-stream"
            #expect(try simulate(row.name, format) == expected, "\(row)")
        }
        #expect(FileKindRow.all.count { $0.byName != $0.mediaType } < 40)
    }

    /// If the type by the name prevails, the type by the first bytes is no contradiction to it.
    @Test func thePrevailingTypeIsNotContradicted() throws {
        for row in FileKindRow.all where row.byName == row.mediaType {
            guard let detected = row.byBytes.map(FileKind.init(mediaType:)) else { continue }
            guard !FileKind(mediaType: row.mediaType).isContradicted(byFirstBytesOf: detected) else {
                // A page that a program names like a workbook is no workbook, though its name decides.
                #expect(row.name == "export.xls", "\(row)")
                continue
            }
        }
    }
}
