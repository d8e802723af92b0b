"""Tables of the catalog room."""
