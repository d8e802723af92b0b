"""Tables of the recommendations room."""
