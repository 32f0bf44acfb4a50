"""Slack: a payload becomes a Command, a Message becomes Block Kit. Imported only when Slack is set up."""
