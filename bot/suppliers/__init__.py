"""How we reach suppliers."""
