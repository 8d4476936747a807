"""Sets up a checkout and checks it, with the standard library alone: nothing is installed yet."""
