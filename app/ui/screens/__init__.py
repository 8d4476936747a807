"""A folder per screen: what it shows (viewmodel) and where it lies (view)."""
