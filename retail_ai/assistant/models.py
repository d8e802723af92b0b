"""Tables of the assistant room."""
