"""A bench that cannot be opened: what happened, what is safe, what to do."""
