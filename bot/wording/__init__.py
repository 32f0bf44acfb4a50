"""What we say: every sentence, and no messenger's markup."""
