"""How we talk: each messenger translates a payload into a Command and a Message into a payload, and decides nothing."""
