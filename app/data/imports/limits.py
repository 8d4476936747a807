"""The bounds of a file that is imported: each is held before what it bounds is read."""

from typing import Final

FILE: Final = 4 * 2**30
"""Bytes of a file of text."""
WORKBOOK: Final = 512 * 2**20
"""Bytes of a spreadsheet as it lies on the disk."""
UNPACKED: Final = 2**30
"""Bytes of all parts of a spreadsheet together, unpacked."""
STYLES: Final = 65_536
"""Formats of cells, and as many of its own; a spreadsheet has at most so many."""
STRINGS: Final = 128 * 2**20
"""Bytes of a spreadsheet's table of texts, unpacked, and of any other part that is kept whole."""
PARTS: Final = 4096
"""Parts of a spreadsheet."""
RATIO: Final = 300
"""How many times its packed size a part may unpack to; only beyond `RATIO_FROM` bytes."""
RATIO_FROM: Final = 8 * 2**20
COLUMNS: Final = 16_384
"""Columns of a table, as many as a spreadsheet has."""
CELL: Final = 131_072
"""Characters of a cell of text; the `csv` module's own bound."""
LINE: Final = 16 * 2**20
"""Bytes of a line."""
BATCH: Final = 128 * 2**20
"""Characters read for one batch of rows."""
TEXT: Final = 1000
"""Characters of a text of a product, as in `app.data.register_rows`."""
MERGED: Final = 500_000
"""Cells that may be merged into others."""
HEADING_ROWS: Final = 30
"""Among how many first rows the headings are looked for."""
BROKEN: Final = 10_000
"""Rows with a quote that is never closed, before the file is given up."""
MAPPING: Final = 256 * 2**10
"""Bytes of a mapping."""
