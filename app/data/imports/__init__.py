"""The register's import: from a file of any shape to products, or to the reasons why not.

Nothing here touches the store. An import opens a file, takes or finds a mapping, and reads::

    open_table(path, options=Options(), known=known_headings(mappings)) -> Table
    detect(table.headings, mappings) -> tuple[Fit, ...]               # the best first
    presets() / own_mappings(home) -> tuple[Mapping, ...]
    mapping_named(home, name) / read_mapping(path) -> Mapping         # --mapping NAME or FILE
    save_mapping(home, mapping) -> Path                               # made by hand, under its name
    fit(table, mapping, today) -> Fitted                              # .gives: what may be written
    rows(table, mapping, today) -> Iterator[Batch]
    reason(refusal, texts) -> str                                     # one reason in words
    write_refused(path, table, refused, texts) -> int                 # to be mended and imported

A `Batch` holds tuples in the order of `ProductRow` (``row``, then the columns of the table
``assets``, then ``imeis`` and ``coverages``), the `Refused` rows with every `Refusal`, the numbers
of duplicate rows, how many rows were read, and how much of the file is done. Only the attributes in
``Fitted.gives`` come from the file: the others hold defaults and must not overwrite a register.
Of a product that is known an empty cell of them says nothing, unless ``Fitted.clears`` names it.
`app.data.base.rows` makes products of them.

Rows are counted as a spreadsheet shows them: the first row of the file is row 1, empty rows count,
and a cell of several lines counts once. A line ``sep=;`` is shown by none, and does not count.
A file as a whole is refused by `ImportFileError`, a mapping by `MappingError`.
"""

from app.data.imports.detecting import Fit, detect, known_headings
from app.data.imports.errors import ImportFileError, MappingError
from app.data.imports.fitting import Fitted, fit
from app.data.imports.mapping import FIELDS, Mapping
from app.data.imports.mapping_files import (
    mapping_named,
    own_mappings,
    presets,
    read_mapping,
    save_mapping,
)
from app.data.imports.opening import open_table
from app.data.imports.product_row import Batch, CoverageRow, ProductRow, Refusal, Refused
from app.data.imports.reading import rows
from app.data.imports.refused import reason, write_refused
from app.data.imports.table import Kind, Options, Table

__all__ = [
    "FIELDS",
    "Batch",
    "CoverageRow",
    "Fit",
    "Fitted",
    "ImportFileError",
    "Kind",
    "Mapping",
    "MappingError",
    "Options",
    "ProductRow",
    "Refusal",
    "Refused",
    "Table",
    "detect",
    "fit",
    "known_headings",
    "mapping_named",
    "open_table",
    "own_mappings",
    "presets",
    "read_mapping",
    "reason",
    "rows",
    "save_mapping",
    "write_refused",
]
