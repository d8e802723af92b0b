"""Tables of the inventory room."""
