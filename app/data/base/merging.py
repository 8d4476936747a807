"""The statements that put the layers and a file together, over the columns that the file fills.

Which columns those are is only known then, so these are texts and not `app.data.queries`. ``file``
has the file's rows, ``overlay`` what lies over the old base, both in the columns of the base;
``old`` is the old base, ``base`` the new one.
"""

# ruff: noqa: S608 - they are made of this program's own names

from typing import Final

from app.data.base.marks import MARKS
from app.data.base.rows import COLUMNS, EMPTY, FAMILY_TOLD_BY, IMEIS, Filled

FILE: Final = "file"
"""The table of the file's rows, where the register has others."""


def names(prefix: str = "") -> str:
    """The columns, separated by commas."""
    return ", ".join(f'{prefix}"{name}"' for name in COLUMNS)


MAKE_FILE: Final = f"CREATE TABLE {FILE} ({names()})"
INDEX_FILE: Final = f"CREATE UNIQUE INDEX file_serial ON {FILE} (serial)"
MAKE_OVERLAY: Final = f"CREATE TABLE overlay ({names()}, revision, is_deleted)"
CLEAR_OVERLAY: Final = "DELETE FROM overlay"
INDEX_OVERLAY: Final = "CREATE UNIQUE INDEX overlay_serial ON overlay (serial)"


def add_to(table: str) -> str:
    """Add a row by the place of its values."""
    marks = ", ".join("?" * len(COLUMNS))
    return f"INSERT INTO {table} ({names()}) VALUES ({marks})"


_LISTS: Final = {
    "imei": "(SELECT value FROM bench.asset_identifiers WHERE owner = a.serial AND rank = 1"
    " ORDER BY place LIMIT 1)",
    "imei2": "(SELECT value FROM bench.asset_identifiers WHERE owner = a.serial AND rank = 1"
    " ORDER BY place LIMIT 1 OFFSET 1)",
    "more_imeis": "nullif((SELECT json_group_array(value) FROM (SELECT value FROM"
    " bench.asset_identifiers WHERE owner = a.serial AND rank = 1 ORDER BY place"
    " LIMIT -1 OFFSET 2)), '[]')",
    "coverages": "nullif((SELECT json_group_array(json_array(issuer, kind, starts, ends, source,"
    " checked_on, status) ORDER BY place) FROM bench.coverages WHERE owner = a.serial), '[]')",
    "former": "nullif((SELECT json_group_array(json_array(value, until, repair) ORDER BY place)"
    " FROM bench.former_identities WHERE owner = a.serial), '[]')",
}
_DAYS: Final = frozenset({"leased_until", "bought_on"})


def _of_overlay(name: str) -> str:
    if name == "tag":
        return "trim(a.tag, ' ')"
    if name in _LISTS:
        return f"coalesce({_LISTS[name]}, '')"
    return f'a."{name}"' if name in _DAYS else f"coalesce(a.\"{name}\", '')"


COPY_OVERLAY: Final = (
    "INSERT INTO overlay SELECT "
    + ", ".join(map(_of_overlay, COLUMNS))
    + ", a.revision, a.is_deleted FROM bench.assets a"
    " WHERE a.epoch > (SELECT upto FROM bench.register_base) AND a.epoch <= ?"
)
"""What lies over the base and was written up to an epoch."""
_UNCOVERED: Final = "NOT EXISTS (SELECT 1 FROM overlay o WHERE o.serial = p.serial)"
_KNOWN: Final = (
    "EXISTS (SELECT 1 FROM overlay o WHERE o.serial = f.serial AND NOT o.is_deleted)"
    " OR EXISTS (SELECT 1 FROM old.products p WHERE p.serial = f.serial AND "
    f"{_UNCOVERED})"
)


def said(name: str, filled: Filled, other: str) -> str:
    """What a column of a known product is with the file: `Filled.over` in SQL."""
    if name not in filled.columns:
        return f'{other}."{name}"'
    if name in filled.cleared:
        return f'f."{name}"'
    return f'iif({_silent(name, other)}, {other}."{name}", f."{name}")'


def _silent(name: str, other: str) -> str:
    if name in IMEIS:
        known = f"('', {other}.imei, {other}.imei2)"
        more = f"f.more_imeis IN ('', {other}.more_imeis)"
        return f"f.imei IN {known} AND f.imei2 IN {known} AND {more}"
    if name == "family":
        return " AND ".join(f"f.{each} = ''" for each in FAMILY_TOLD_BY)
    empty = EMPTY.get(name, "")
    return f'f."{name}" IS ' + ("NULL" if empty is None else f"'{empty}'")


def _same(filled: Filled, other: str) -> str:
    told = [
        f'{said(name, filled, other)} IS {other}."{name}"'
        for name in COLUMNS
        if name in filled.columns
    ]
    return " AND ".join(told) or "1"


def count_matches(filled: Filled) -> tuple[str, str]:
    """How many of the file's products are in a layer already, and how many of those unchanged."""
    counted = "SELECT count(*), total({}) FROM {} f JOIN {} ON {}.serial = f.serial WHERE {}"
    return (
        counted.format(_same(filled, "o"), FILE, "overlay o", "o", "NOT o.is_deleted"),
        counted.format(_same(filled, "p"), FILE, "old.products p", "p", _UNCOVERED),
    )


def changed_rows(filled: Filled) -> str:
    """The file's rows that are new, or that change a product."""
    return (
        f"SELECT {names('f.')} FROM {FILE} f"
        " LEFT JOIN overlay o ON o.serial = f.serial"
        " LEFT JOIN old.products p ON p.serial = f.serial AND o.serial IS NULL"
        f" WHERE NOT (CASE WHEN o.serial IS NOT NULL THEN NOT o.is_deleted AND {_same(filled, 'o')}"
        f" WHEN p.serial IS NOT NULL THEN {_same(filled, 'p')} ELSE 0 END)"
    )


def merge(filled: Filled) -> tuple[str, str, str]:
    """Fill the new base: what lies over the old one, the rest of the old one, what is new."""
    into = f"INSERT INTO base.products ({names()}, revision) SELECT "
    join = f"LEFT JOIN {FILE} f ON f.serial = "

    def mixed(other: str) -> str:
        columns = (
            f'iif(f.serial IS NULL, {other}."{name}", {said(name, filled, other)})'
            if name in filled.columns
            else f'{other}."{name}"'
            for name in COLUMNS
        )
        return ", ".join(columns) + f", {other}.revision"

    return (
        f"{into}{mixed('o')} FROM overlay o {join}o.serial WHERE NOT o.is_deleted",
        f"{into}{mixed('p')} FROM old.products p {join}p.serial WHERE {_UNCOVERED}",
        f"{into}{names('f.')}, NULL FROM {FILE} f WHERE NOT ({_KNOWN})",
    )


ALL_PRODUCTS: Final = f"SELECT {names()} FROM base.products"
COUNT_PRODUCTS: Final = "SELECT count(*) FROM base.products"
KEPT: Final = "kept_products"
"""The table of a backup in which the base's rows are."""
KEEP: Final = f"CREATE TABLE {KEPT} AS SELECT {names()}, revision FROM base.products"
UNFOLD: Final = (
    f"INSERT INTO base.products ({names()}, revision) SELECT {names()}, revision FROM bench.{KEPT}"
)
DROP_KEPT: Final = f"DROP TABLE {KEPT}"
SET_MEMORY: Final = "INSERT INTO base.{name} ({name}, rank) VALUES ('hashsize', {size})"
BEFORE: Final = (
    f"SELECT {names('o.')} FROM overlay o WHERE o.serial = :of AND NOT o.is_deleted UNION ALL"
    f" SELECT {names('p.')} FROM old.products p WHERE p.serial = :of AND {_UNCOVERED}"
)
"""A product as it was before the import, in either layer."""
ROW_OF: Final = f"SELECT {names()} FROM {{}} WHERE serial = :of"
LEAVE_OUT: Final = f"DELETE FROM {FILE} WHERE serial = ?"
BESIDE: Final = (
    """
INSERT OR IGNORE INTO base.identifiers
SELECT j.value, 1, p.id FROM base.products p, json_each(p.more_imeis) j WHERE p.more_imeis <> ''
""",
    """
INSERT OR IGNORE INTO base.identifiers
SELECT json_extract(j.value, '$[0]'), 5, p.id FROM base.products p, json_each(p.former) j
WHERE p.former <> ''
""",
)
"""What few products are found by."""
_MARK: Final = (
    "CASE family "
    + " ".join(f"WHEN '{family}' THEN '{mark}'" for family, mark in MARKS.items())
    + " END"
)
FILL_WORDS: Final = (
    f"""
INSERT INTO base.serials (rowid, serial, family) SELECT id, serial, {_MARK} FROM base.products
""",
    f"""
INSERT INTO base.words (rowid, model, holder, tag, department, family)
SELECT id, model, holder, tag, department, {_MARK} FROM base.products
""",
)
