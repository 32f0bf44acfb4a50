"""Photos that were kept before say no longer where they were taken either, nor when and by whom.

It reads them with what the program reads new ones with: of this no second copy would stay right.
"""

from hashlib import sha256

import sqlalchemy as sa
from alembic import op

from bot.domain.metadata import NotAPicture, without_metadata

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None

AT_ONCE = 1000  # numbers; of the photos themselves one at a time is in memory
PHOTOS = sa.text(
    "SELECT seq, kind FROM attachments WHERE seq > :last AND kind IN ('image/jpeg', 'image/png', 'image/webp')"
    " ORDER BY seq LIMIT :most"
)
READ = sa.text("SELECT content FROM attachments WHERE seq = :seq")
KEEP = sa.text("UPDATE attachments SET content = :content, size = :size, sha256 = :sha256 WHERE seq = :seq")


def upgrade() -> None:
    connection, last = op.get_bind(), 0
    while rows := connection.execute(PHOTOS, {"last": last, "most": AT_ONCE}).all():
        for seq, kind in rows:
            _strip(connection, seq, kind)
        last = rows[-1].seq


def _strip(connection: sa.Connection, seq: int, kind: str) -> None:
    """What cannot be read as a picture is left: it is somebody's, and no program shows it."""
    content = bytes(connection.execute(READ, {"seq": seq}).scalar_one())
    try:
        left = without_metadata(kind, content)
    except NotAPicture:
        return
    if left != content:
        new = {"content": left, "size": len(left), "sha256": sha256(left).hexdigest()}
        connection.execute(KEEP, new | {"seq": seq})
