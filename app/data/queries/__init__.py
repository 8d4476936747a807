"""Every statement of the local store, written with SQLAlchemy: the source of `app.data.compiled`.

After a change, ``python -m app.data.queries`` compiles them anew; a test holds the two equal. The
program itself never imports this package.
"""
