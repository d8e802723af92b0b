"""Oscar's catalogue as a shop forks it: one field more."""
