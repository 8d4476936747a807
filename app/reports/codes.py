"""Two-dimensional barcodes as modules."""


def qr_modules(text: str) -> tuple[tuple[bool, ...], ...]:
    """A QR code (ISO/IEC 18004) of a text, without its quiet zone.

    Error correction is at least level M, and higher where the size allows it: a bench's paper gets
    greasy.
    """
    import segno

    code = segno.make_qr(text, error="m", boost_error=True)
    return tuple(tuple(bool(module) for module in row) for row in code.matrix)


def data_matrix_modules(text: str) -> tuple[tuple[bool, ...], ...]:
    """A Data Matrix (ISO/IEC 16022, 44 by 44 modules) of a text, without its quiet zone.

    Args:
        text: Capitals and digits, some two hundred at most.
    """
    from reportlab.graphics.barcode.ecc200datamatrix import ECC200DataMatrix

    drawn = ECC200DataMatrix(text)
    drawn.validate()
    drawn.encode()  # pyright: ignore[reportUnknownMemberType] - it has no types
    rows = reversed(drawn.encoded)  # it counts them as a PDF does, from the bottom
    return tuple(tuple(bool(module) for module in row) for row in rows)
