"""Migrations of the local store, by Alembic; `app.data.migrating` runs them."""
