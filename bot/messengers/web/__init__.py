"""The house's own messenger: a form becomes a Command, a Message becomes HTML. The pages themselves are in `bot.web`."""
