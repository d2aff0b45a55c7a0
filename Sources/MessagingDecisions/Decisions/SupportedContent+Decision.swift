public import MessagingContract

extension SupportedContent {
    /// Returns the effect of this profile on a message with these attachments. It needs no server.
    ///
    /// The media type of an attachment comes from the first of these sources that is present:
    /// 1. the declared media type;
    /// 2. the first bytes. The name has precedence if it is more specific than they are (a document stored as a ZIP archive), or if they
    ///    allow only a guess (a text);
    /// 3. the name;
    /// 4. the default `application/octet-stream`.
    ///
    /// An empty text counts as absent. ``entry(for:_:)`` decides which media types are allowed. An inbound message loses the attachments
    /// that are not allowed. An outbound message with such an attachment is not sent at all. An unknown direction is treated like outbound
    /// and blocks every attachment. The time is proportional to the sum of entries and attachments, not to their product.
    public func decide(_ request: DecisionRequest) -> Decision {
        var run = DecisionRun(self, request)
        while run.decide(next: request.attachments.count) {}
        return run.result()
    }

    /// The largest number of attachments for which walking the list costs less than building an index of it.
    package static let fewAttachments = 16
}

/// A decision in progress, which takes the attachments of a message in steps.
package struct DecisionRun: Sendable {
    private let list: [MediaType]
    private let index: MediaTypeIndex?
    private var rest: ArraySlice<MessageAttachment>
    private var decision = Decision()

    /// Creates a decision on a request without looking at its attachments yet.
    package init(_ profile: SupportedContent, _ request: DecisionRequest) {
        list = profile.mediaTypes?.list(request.direction) ?? []
        index = request.attachments.count > SupportedContent.fewAttachments ? MediaTypeIndex(list) : nil
        rest = request.attachments[...]
        decision.direction = request.direction
        decision.attachments.reserveCapacity(rest.count)
    }

    /// Decides on the next attachments, at most `count`. Returns whether there are more.
    package mutating func decide(next count: Int) -> Bool {
        for attachment in rest.prefix(count) {
            let decided = AttachmentDecision(attachment, list, index)
            if !decided.allowed { decision.blocked += 1 }
            decision.attachments.append(decided)
        }
        rest = rest.dropFirst(count)
        return !rest.isEmpty
    }

    /// Returns the decision after all attachments were looked at.
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
    /// Creates the decision of a direction's entries on an attachment, without the effect.
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
    /// The media type, the member that it comes from, and the type of the first bytes if they contradict it. An empty member counts as
    /// absent.
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
