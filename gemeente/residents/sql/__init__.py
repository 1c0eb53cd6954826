"""Hot reads of this room."""
