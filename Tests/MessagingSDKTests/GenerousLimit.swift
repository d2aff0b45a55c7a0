import Testing

extension Trait where Self == TimeLimitTrait {
    /// Ends a test that hangs. No test of this target takes nearly as long on a slow machine.
    static var generousLimit: Self { .timeLimit(.minutes(15)) }
}
