"""Tables of the descriptions room."""
