"""Run by Alembic: migrates the connection that it is given, inside the caller's transaction."""

from alembic import context
from sqlalchemy import Connection

from account_service.store.tables import METADATA

connection: Connection = context.config.attributes["connection"]
context.configure(connection=connection, target_metadata=METADATA, transactional_ddl=True)
with context.begin_transaction():
    context.run_migrations()
