"""Every statement as the driver runs it; written by ``python -m app.data.queries``."""
