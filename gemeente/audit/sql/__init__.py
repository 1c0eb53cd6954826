"""The hot statements of this room, each with its name and a sentence."""
