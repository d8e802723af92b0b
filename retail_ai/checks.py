"""System checks, registered on import. Each has a stable id and a hint that says what mends it."""
