"""The migrations that lay a ledger file out."""

import sqlite3

from sqlite_utils import Database, Migrations

from ledger.store.sqlite.schema import MIGRATIONS, statements

migrations = Migrations("ledger")


@migrations()
def create_tables(db: Database) -> None:
    """Lay out the first version of the file."""
    # executescript would commit the transaction that the caller holds.
    for statement in statements():
        db.conn.execute(statement)


def lay_out(connection: sqlite3.Connection) -> None:
    """Bring an empty database to the newest layout, within its transaction."""
    for statement in statements(MIGRATIONS):
        connection.execute(statement)
    database = Database(connection, recursive_triggers=False, execute_plugins=False)
    migrations.apply(database)
