"""${message}.

Revision: ${up_revision}, after ${down_revision}, ${create_date}
"""

from typing import Final

import sqlalchemy as sa
from alembic import op

revision: Final = ${repr(up_revision)}
down_revision: Final = ${repr(down_revision)}
branch_labels: Final = None
depends_on: Final = None


def upgrade() -> None:
    ${upgrades if upgrades else "pass"}
