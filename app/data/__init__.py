"""The local store: the encrypted database, its journal, its read models and its registers."""
