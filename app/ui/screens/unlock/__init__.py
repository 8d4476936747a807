"""A home whose key comes from a passphrase asks for it."""
