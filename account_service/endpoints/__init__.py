"""The HTTP side: bounds first, then decoding, then one service, then the answer."""
