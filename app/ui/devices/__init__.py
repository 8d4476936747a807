"""The devices in the window: what they say, their tests, and their setting up step by step."""
