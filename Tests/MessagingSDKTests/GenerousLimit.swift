import Testing

extension Trait where Self == TimeLimitTrait {
    /// Ends a test that hangs; no test of this target comes near it, however slow the machine is.
    static var generousLimit: Self { .timeLimit(.minutes(15)) }
}
