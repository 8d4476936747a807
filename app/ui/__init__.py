"""The window: it paints what the use cases tell, and hands on what is pressed or typed."""
