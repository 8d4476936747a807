"""The account service: what the benches of one organisation sync to."""
