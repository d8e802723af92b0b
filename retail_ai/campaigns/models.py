"""Tables of the campaigns room."""
