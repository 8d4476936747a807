"""Two-dimensional barcodes as modules."""


def qr_modules(text: str) -> tuple[tuple[bool, ...], ...]:
    """A QR code (ISO/IEC 18004) of a text, without its quiet zone.

    Error correction is at least level M, and higher where the size allows it: a bench's paper gets
    greasy.
    """
    import segno

    code = segno.make_qr(text, error="m", boost_error=True)
    return tuple(tuple(bool(module) for module in row) for row in code.matrix)
