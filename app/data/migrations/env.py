"""Alembic's entry: runs the migrations on the connection that `app.data.migrating` hands over."""

from alembic import context

from app.data.tables import metadata

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    transactional_ddl=True,
)
context.run_migrations()
