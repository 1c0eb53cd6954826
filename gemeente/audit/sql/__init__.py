"""The one statement that this room runs on every command."""
