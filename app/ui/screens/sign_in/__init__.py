"""Who works here: sign in, and come back after a lock."""
