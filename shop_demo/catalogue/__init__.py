"""The demo shop's goods and help pages, as readable tables in data/, and what loads them. No history is made here."""
