#pragma once

struct sqlite3;

/// Says whether closing a connection leaves its log; else it moves the log into the database and deletes it. Returns SQLite's result code.
///
/// Wraps sqlite3_db_config, which is variadic, so that Swift cannot call it.
int sqlite_set_keeps_log(struct sqlite3 *connection, int keeps);
