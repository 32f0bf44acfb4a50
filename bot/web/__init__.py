"""What we show: every route, session, template and static file."""
