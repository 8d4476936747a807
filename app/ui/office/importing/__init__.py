"""The import of products: a file, what its columns mean, a check, the import, what came of it."""
