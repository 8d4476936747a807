"""A product with its verdict, or the open repairs."""
