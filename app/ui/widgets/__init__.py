"""Pieces that every screen is laid out from; they paint themselves from the palette."""
