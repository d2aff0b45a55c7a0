package import MessagingSDK

extension FieldError {
    /// The error in the words of the API. It names the field in any case, which the API does not for a value of another type.
    package var sentence: String {
        guard case .invalid = reason, !path.isEmpty else { return APIError(self).message }
        return "\(path): \(APIError(self).message)"
    }
}
