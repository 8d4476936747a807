"""A scanner that types: told apart from a person, and read by its own layout (docs/adr/0012)."""
