#pragma once

/// Returns the commit from which the program was built, or `unknown` if the build did not get one.
///
/// This is C, because SwiftPM passes a text only to C. Only this file is compiled again for each commit.
const char *build_commit(void);
