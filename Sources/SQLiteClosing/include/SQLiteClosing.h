#pragma once

struct sqlite3;

/// Sets whether closing a connection keeps its log. Otherwise closing moves the log into the database and deletes it. Returns SQLite's
/// result code.
///
/// Wraps sqlite3_db_config, which Swift cannot call because it is variadic.
int sqlite_set_keeps_log(struct sqlite3 *connection, int keeps);
