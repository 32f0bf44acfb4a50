"""How we reach suppliers: by mail, or printed where no mail server is set."""
