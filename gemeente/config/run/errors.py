class StartError(Exception):
    """The product cannot start or go on; the message is Dutch, for the person at the keyboard, and holds no secret."""
