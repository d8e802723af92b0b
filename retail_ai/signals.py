"""Signals that a shop may listen to."""
