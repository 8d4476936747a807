"""Compiled from `app.data.queries.base`; ``python -m app.data.queries`` writes it."""

from app.data.statements import Statement

TABLES = {
    "products": Statement(
        """
        CREATE TABLE base.products (
                id INTEGER NOT NULL,
                serial TEXT DEFAULT '' NOT NULL,
                model TEXT COLLATE "NOCASE" DEFAULT '' NOT NULL,
                family TEXT DEFAULT '' NOT NULL,
                ownership TEXT DEFAULT '' NOT NULL,
                maker TEXT DEFAULT '' NOT NULL,
                tag TEXT COLLATE "NOCASE" DEFAULT '' NOT NULL,
                holder TEXT COLLATE "NOCASE" DEFAULT '' NOT NULL,
                lessor TEXT DEFAULT '' NOT NULL,
                leased_until TEXT,
                proof TEXT DEFAULT '' NOT NULL,
                product_type TEXT DEFAULT '' NOT NULL,
                part_number TEXT DEFAULT '' NOT NULL,
                configuration TEXT DEFAULT '' NOT NULL,
                meid TEXT DEFAULT '' NOT NULL,
                eid TEXT DEFAULT '' NOT NULL,
                department TEXT COLLATE "NOCASE" DEFAULT '' NOT NULL,
                "order" TEXT DEFAULT '' NOT NULL,
                bought_on TEXT,
                seller TEXT DEFAULT '' NOT NULL,
                document TEXT DEFAULT '' NOT NULL,
                source TEXT DEFAULT '' NOT NULL,
                find_my TEXT DEFAULT '' NOT NULL,
                imei TEXT DEFAULT '' NOT NULL,
                imei2 TEXT DEFAULT '' NOT NULL,
                more_imeis TEXT DEFAULT '' NOT NULL,
                coverages TEXT DEFAULT '' NOT NULL,
                former TEXT DEFAULT '' NOT NULL,
                revision INTEGER,
                PRIMARY KEY (id)
        )
         STRICT
        """,
    ),
    "identifiers": Statement(
        """
        CREATE TABLE base.identifiers (
                value TEXT NOT NULL,
                rank INTEGER NOT NULL,
                product INTEGER NOT NULL,
                PRIMARY KEY (value, rank, product)
        )
         WITHOUT ROWID,
         STRICT
        """,
    ),
    "counts": Statement(
        """
        CREATE TABLE base.counts (
                family TEXT NOT NULL,
                maker TEXT NOT NULL,
                ownership TEXT NOT NULL,
                proven INTEGER NOT NULL,
                leased_until TEXT NOT NULL,
                count INTEGER NOT NULL,
                PRIMARY KEY (family, maker, ownership, proven, leased_until)
        )
         WITHOUT ROWID,
         STRICT
        """,
    ),
    "places": Statement(
        """
        CREATE TABLE base.places (
                family TEXT NOT NULL,
                place INTEGER NOT NULL,
                serial TEXT NOT NULL,
                PRIMARY KEY (family, place)
        )
         WITHOUT ROWID,
         STRICT
        """,
    ),
}

WORDS = {
    "serials": Statement(
        """
        CREATE VIRTUAL TABLE base.serials USING fts5(serial, family, content='', columnsize=0,
        detail=none, tokenize='trigram')
        """,
    ),
    "words": Statement(
        """
        CREATE VIRTUAL TABLE base.words USING fts5(model, holder, tag, department, family,
        content='', columnsize=0, detail=none, tokenize='trigram')
        """,
    ),
}

INDEXES = {
    "products_serial": Statement(
        """
        CREATE UNIQUE INDEX base.products_serial ON products (serial)
        """,
    ),
    "products_imei": Statement(
        """
        CREATE INDEX base.products_imei ON products (imei) WHERE imei != ''
        """,
    ),
    "products_imei2": Statement(
        """
        CREATE INDEX base.products_imei2 ON products (imei2) WHERE imei2 != ''
        """,
    ),
    "products_meid": Statement(
        """
        CREATE INDEX base.products_meid ON products (meid) WHERE meid != ''
        """,
    ),
    "products_eid": Statement(
        """
        CREATE INDEX base.products_eid ON products (eid) WHERE eid != ''
        """,
    ),
    "products_tag": Statement(
        """
        CREATE INDEX base.products_tag ON products (tag, serial)
        """,
    ),
    "products_model": Statement(
        """
        CREATE INDEX base.products_model ON products (model, serial)
        """,
    ),
    "products_holder": Statement(
        """
        CREATE INDEX base.products_holder ON products (holder, serial)
        """,
    ),
    "products_department": Statement(
        """
        CREATE INDEX base.products_department ON products (department, serial)
        """,
    ),
    "products_family": Statement(
        """
        CREATE INDEX base.products_family ON products (family, serial)
        """,
    ),
}

POINTER = Statement(
    """
    SELECT register_base.file, register_base.size, register_base.rows, register_base.upto,
    register_base.epoch
    FROM register_base
    """,
)

ROWS = Statement(
    """
    SELECT register_base.rows
    FROM register_base
    """,
)

NEXT_EPOCH = Statement(
    """
    UPDATE register_base SET epoch=(register_base.epoch + 1)
    """,
)

MOVE = Statement(
    """
    UPDATE register_base SET file=:file, size=:size, rows=:rows
    """,
)

POINT = Statement(
    """
    UPDATE register_base SET file=:file, size=:size, rows=:rows, made_at=:made_at,
    upto=:upto
    """,
)

GROUP = Statement(
    """
    SELECT coalesce(base.products.family, '') AS family, CASE WHEN (base.products.maker IN
    ('apple', '')) THEN base.products.maker ELSE 'other' END AS maker,
    base.products.ownership AS ownership, base.products.proof != '' OR base.products."order"
    != '' OR base.products.document != '' AS proven, coalesce(base.products.leased_until,
    '') AS leased_until
    FROM base.products
    WHERE base.products.serial = :of
    """,
)

PLACES = {
    "all": Statement(
        """
        INSERT INTO base.places (family, place, serial) SELECT '', anon_2.n - 1 AS anon_1,
        anon_2.serial
        FROM (SELECT base.products.serial AS serial, row_number() OVER (ORDER BY
        base.products.serial) AS n
        FROM base.products) AS anon_2
        WHERE (anon_2.n - 1) % 256 = 0
        """,
    ),
    "families": Statement(
        """
        INSERT INTO base.places (family, place, serial) SELECT anon_1.family, anon_1.n - 1 AS
        anon_2, anon_1.serial
        FROM (SELECT base.products.family AS family, base.products.serial AS serial,
        row_number() OVER (PARTITION BY base.products.family ORDER BY base.products.serial) AS n
        FROM base.products
        WHERE base.products.family != '') AS anon_1
        WHERE (anon_1.n - 1) % 256 = 0
        """,
    ),
}

COUNT = Statement(
    """
    INSERT INTO base.counts (family, maker, ownership, proven, leased_until, count) SELECT
    coalesce(base.products.family, '') AS family, CASE WHEN (base.products.maker IN
    ('apple', '')) THEN base.products.maker ELSE 'other' END AS maker,
    base.products.ownership AS ownership, base.products.proof != '' OR base.products."order"
    != '' OR base.products.document != '' AS proven, coalesce(base.products.leased_until,
    '') AS leased_until, count(*) AS count_1
    FROM base.products GROUP BY 1, 2, 3, 4, 5
    """,
)
