"""What the tables of both workspaces have in common. Each workspace has its own declarative base."""

from sqlalchemy import CheckConstraint, MetaData
from sqlalchemy.orm import Mapped, declared_attr, mapped_column

# SQLite cannot alter an unnamed constraint, so every one has a name from the first migration on.
NAMING = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}


def new_metadata() -> MetaData:
    """Metadata for one workspace's base."""
    return MetaData(naming_convention=NAMING)


class BlobMixin:
    """One file by the SHA-256 of its bytes; the bytes lie in rows of at most 1 MiB beside it."""

    sha256: Mapped[str] = mapped_column(primary_key=True)
    size: Mapped[int]

    @declared_attr.directive
    def __table_args__(cls) -> tuple[CheckConstraint, ...]:  # noqa: N805 - SQLAlchemy calls it with the class
        return (CheckConstraint("length(sha256) = 64", name="sha256"), CheckConstraint("size >= 0", name="size"))


class ChainMixin:
    """One link of a hash chain: ``head = SHA-256(previous head || line)`` over the exact bytes of the line."""

    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    line: Mapped[bytes]
    head: Mapped[str]
