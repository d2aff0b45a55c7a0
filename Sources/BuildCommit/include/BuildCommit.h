#pragma once

/// Returns the commit that the program was built from, `unknown` when the build was not given one.
///
/// In C, since that is the only language that SwiftPM passes a text to; only this file is compiled anew with each commit.
const char *build_commit(void);
