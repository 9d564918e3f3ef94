"""By which rules a data review left answers out, and who confirmed it."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the columns; every review that ended before left nothing out."""
    for name in ("rules", "witness"):
        op.add_column("reviews", sa.Column(name, sa.Text))
