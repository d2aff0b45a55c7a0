// The models, requests and errors of the API and the header fields of HTTP are part of this library's own interface.
@_exported public import HTTPTypes
@_exported public import MessagingContract

/// A page of messaging settings, under the vendor's name.
public typealias MessagingConfigListing = Listing<MessagingSetting>
/// A page of supported content profiles, under the vendor's name.
public typealias SupportedContentListing = Listing<SupportedContent>
