package import MessagingSDK

extension DeclaredField {
    /// A member of a document that requests do not have.
    package struct Fault {
        /// The path of the member. An element of an array has its index, from 0.
        package let path: [String]
        /// The reason.
        package let failure: Failure
    }

    /// Throws a failure that names the nearest field if a value of this field has a member, at any depth, that is not declared.
    package func checkMembers(of value: JSON) throws(Failure) {
        if let fault = fault(in: value, at: [], acceptsReadOnly: true) { throw fault.failure }
    }

    /// Returns the first member, at any depth of a value of this field, that is not declared or cannot be written; nil if there is none.
    package func faultOfRequest(_ value: JSON) -> Fault? { fault(in: value, at: [], acceptsReadOnly: false) }

    private func fault(in value: JSON, at place: [String], acceptsReadOnly: Bool) -> Fault? {
        if let elements = value.array {
            for (index, element) in elements.enumerated() {
                let fault = fault(in: element, at: place + ["\(index)"], acceptsReadOnly: acceptsReadOnly)
                if let fault { return fault }
            }
            return nil
        }
        for (name, inner) in value.object ?? [:] where shape?.anyMember == nil {
            guard let member = members.first(where: { $0.path.last == name }) else {
                return Fault(path: place + [name], failure: lacks(name))
            }
            if !acceptsReadOnly, member.request == nil {
                let failure = Failure.usage("\(member.name) cannot be written", next: "The API sets it.")
                return Fault(path: place + [name], failure: failure)
            }
            let fault = member.fault(in: inner, at: place + [name], acceptsReadOnly: acceptsReadOnly)
            if let fault { return fault }
        }
        return nil
    }
}
