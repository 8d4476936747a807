"""Why the kernel tier cannot run here."""


class CannotRunError(Exception):
    """Something that the machine would need is not there; the message says what, in words."""
