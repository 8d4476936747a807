"""The wrist strap test that opens the bench."""
