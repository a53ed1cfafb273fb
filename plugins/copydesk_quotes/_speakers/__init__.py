"""Who speaks in a story: persons and bodies, their mentions, and whom a pronoun means."""
