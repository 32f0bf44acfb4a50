"""What is true. Standard library only; no I/O, no clock, no randomness, no logging."""
