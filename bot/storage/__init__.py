"""What we remember: the same Store forgetting everything, on SQLite and on PostgreSQL."""
