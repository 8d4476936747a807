"""The frame around every screen: status strip, feedback bar, actions, last events."""
