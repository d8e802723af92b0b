"""Tables of the privacy room."""
