public import MessagingContract

extension SupportedContent {
    /// Returns what this profile does to a message with these attachments. It needs no server.
    ///
    /// The media type of an attachment is the first of these that there is:
    /// 1. the declared media type;
    /// 2. the media type that the first bytes indicate, or that of the name where the name is more specific than they are (a ZIP archive
    ///    that is a document by its name) or where they allow only a guess (a text);
    /// 3. the media type that the name indicates;
    /// 4. `application/octet-stream`.
    ///
    /// An empty text counts as absent. ``entry(for:_:)`` decides which media types pass. In an inbound message an attachment that does not
    /// pass is dropped. An outbound message with such an attachment is not sent at all. A direction that is neither is like outbound, and
    /// blocks every attachment. The time is proportional to the entries and the attachments, not to their product.
    public func decide(_ request: DecisionRequest) -> Decision {
        var run = DecisionRun(self, request)
        while run.decide(next: request.attachments.count) {}
        return run.result()
    }

    /// Up to this many attachments, walking the list costs less than building an index of it.
    package static let fewAttachments = 16
}

/// A decision of a profile on its way through the attachments of a message.
package struct DecisionRun: Sendable {
    private let list: [MediaType]
    private let index: MediaTypeIndex?
    private var rest: ArraySlice<MessageAttachment>
    private var decision = Decision()

    /// Creates the decision on a request, of which no attachment was looked at.
    package init(_ profile: SupportedContent, _ request: DecisionRequest) {
        list = profile.mediaTypes?.list(request.direction) ?? []
        index = request.attachments.count > SupportedContent.fewAttachments ? MediaTypeIndex(list) : nil
        rest = request.attachments[...]
        decision.direction = request.direction
        decision.attachments.reserveCapacity(rest.count)
    }

    /// Decides on the next attachments, at most `count`; false when there are no more.
    package mutating func decide(next count: Int) -> Bool {
        for attachment in rest.prefix(count) {
            let decided = AttachmentDecision(attachment, list, index)
            if !decided.allowed { decision.blocked += 1 }
            decision.attachments.append(decided)
        }
        rest = rest.dropFirst(count)
        return !rest.isEmpty
    }

    /// Returns the decision once all attachments were looked at.
    package consuming func result() -> Decision {
        let isInbound = decision.direction == .inbound
        decision.effect = isInbound ? .delivered : decision.blocked == 0 ? .sent : .notSent
        for index in decision.attachments.indices {
            let isDropped = isInbound && !decision.attachments[index].allowed
            decision.attachments[index].effect = isDropped ? .dropped : decision.effect
        }
        return decision
    }
}

extension AttachmentDecision {
    /// Creates the decision of a direction's entries on an attachment, without its effect.
    fileprivate init(_ attachment: MessageAttachment, _ list: [MediaType], _ index: MediaTypeIndex?) {
        self.init()
        (mediaType, source, detected) = attachment.resolvedType
        if let index = index.map({ $0.firstMatch(for: mediaType) }) ?? list.firstMatch(for: mediaType) {
            allowed = true
            entry = DecidingEntry(type: list[index].type, index: index)
        } else if list.isEmpty {
            reason = .nothingAllowed
        } else {
            reason = MediaType.isConcrete(mediaType) ? .notListed : .notAMediaType
        }
    }
}

extension MessageAttachment {
    /// Its media type, the member that the type comes from, and the type by its first bytes when that is another one. An empty member counts
    /// as absent.
    package var resolvedType: (mediaType: String, source: MediaTypeSource, detected: String?) {
        let detected = firstBytes.flatMap { FileKindTable.kind(ofFirstBytes: $0) }
        if let mime, !mime.isEmpty {
            guard let detected, FileKindTable.kind(ofMediaType: mime).isContradicted(byFirstBytesOf: detected) else {
                return (mime, .mime, nil)
            }
            return (mime, .mime, detected.mediaType)
        }
        let named = filename.flatMap { FileKindTable.kind(ofFilename: $0) }
        guard let detected else {
            return named.map { ($0.mediaType, .filename, nil) } ?? ("application/octet-stream", .none, nil)
        }
        guard let named, named.prevails(over: detected) else { return (detected.mediaType, .firstBytes, nil) }
        return (named.mediaType, .filename, named.isContradicted(byFirstBytesOf: detected) ? detected.mediaType : nil)
    }
}
