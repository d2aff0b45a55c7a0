#include "BuildCommit.h"

#define TEXT(name) #name
#define TEXT_OF(macro) TEXT(macro)

#ifndef MESSAGING_COMMIT
#define MESSAGING_COMMIT unknown
#endif

const char *build_commit(void) { return TEXT_OF(MESSAGING_COMMIT); }
