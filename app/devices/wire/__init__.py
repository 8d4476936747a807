"""The wires that bytes arrive on, and how they are cut into frames."""
