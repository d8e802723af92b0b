"""Tables of the experiments room."""
