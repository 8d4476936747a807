"""Repair Bench: the desktop application of an in-house repair station."""
