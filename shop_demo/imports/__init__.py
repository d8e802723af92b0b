"""Reads real product and transaction files into the demo shop. Bad rows are reported, never silently dropped."""
