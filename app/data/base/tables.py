"""The tables of a base file, always attached as ``base``.

One wide row for each product: a look-up is one row, and a listing reads nothing else. It is never
changed once it is made, so there is no revision of the file and no tombstone in it.
"""

from typing import Final

import sqlalchemy as sa

metadata: Final = sa.MetaData(schema="base")


def _text(name: str, collation: str | None = None) -> sa.Column[str]:
    return sa.Column(name, sa.Text(collation=collation), nullable=False, server_default="")


def _any_case(name: str) -> sa.Column[str]:
    return _text(name, "NOCASE")


products: Final = sa.Table(
    "products",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    _text("serial"),
    _any_case("model"),
    _text("family"),
    _text("ownership"),
    _text("maker"),
    _any_case("tag"),
    _any_case("holder"),
    _text("lessor"),
    sa.Column("leased_until", sa.Text),
    _text("proof"),
    _text("product_type"),
    _text("part_number"),
    _text("configuration"),
    _text("meid"),
    _text("eid"),
    _any_case("department"),
    _text("order"),
    sa.Column("bought_on", sa.Text),
    _text("seller"),
    _text("document"),
    _text("source"),
    _text("find_my"),
    _text("imei"),
    _text("imei2"),
    # Lists as JSON, empty where there is nothing: more than two IMEIs, coverages, former names.
    _text("more_imeis"),
    _text("coverages"),
    _text("former"),
    sa.Column("revision", sa.Integer),
    sqlite_strict=True,
)
identifiers: Final = sa.Table(
    "identifiers",  # what few products have: a third IMEI, a former identity
    metadata,
    sa.Column("value", sa.Text, primary_key=True),
    sa.Column("rank", sa.Integer, primary_key=True),
    sa.Column("product", sa.Integer, primary_key=True),
    sqlite_strict=True,
    sqlite_with_rowid=False,
)
counts: Final = sa.Table(
    "counts",
    metadata,
    sa.Column("family", sa.Text, primary_key=True),
    sa.Column("maker", sa.Text, primary_key=True),
    sa.Column("ownership", sa.Text, primary_key=True),
    sa.Column("proven", sa.Integer, primary_key=True),
    sa.Column("leased_until", sa.Text, primary_key=True),
    sa.Column("count", sa.Integer, nullable=False),
    sqlite_strict=True,
    sqlite_with_rowid=False,
)


PLACE: Final = 256
"""Products in order of their serials from one of `places` to the next."""
places: Final = sa.Table(
    "places",
    metadata,
    sa.Column("family", sa.Text, primary_key=True),  # empty: of all
    sa.Column("place", sa.Integer, primary_key=True),
    sa.Column("serial", sa.Text, nullable=False),
    sqlite_strict=True,
    sqlite_with_rowid=False,
)


def _partial(name: str) -> sa.Index:
    column = products.c[name]
    return sa.Index(f"products_{name}", column, sqlite_where=column != sa.literal_column("''"))


INDEXES: Final = (
    sa.Index("products_serial", products.c.serial, unique=True),
    _partial("imei"),
    _partial("imei2"),
    _partial("meid"),
    _partial("eid"),
    sa.Index("products_tag", products.c.tag, products.c.serial),
    sa.Index("products_model", products.c.model, products.c.serial),
    sa.Index("products_holder", products.c.holder, products.c.serial),
    sa.Index("products_department", products.c.department, products.c.serial),
    sa.Index("products_family", products.c.family, products.c.serial),
)
"""Made after the rows: half as dear again otherwise."""
