"""The store in a database of a PostgreSQL server."""
