"""A fortnight in Fjordby Kommune to try the desk on: a clock of its own, and a history made through the front door."""
