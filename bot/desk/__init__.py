"""What can be done: one module per journey, each in one rhythm: load, decide, save, tell."""
