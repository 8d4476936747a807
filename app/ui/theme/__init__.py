"""How the window looks: colours with computed contrast, Inter, sizes in points."""
