"""Every failure the program tells in words."""

from importlib import import_module

from app.errors import UserFacingError
from tests.support.sources import sources

# Alembic runs these itself, inside of a migration.
RUN_BY_ALEMBIC = ("app.storage.migrations.",)


def failures() -> list[type[UserFacingError]]:
    """All subclasses of ``UserFacingError`` in the program, wherever they are defined."""
    for one in sources("app"):
        name = one.path.removesuffix(".py").replace("/", ".").removesuffix(".__init__")
        if not name.startswith(RUN_BY_ALEMBIC) and not name.endswith("__main__") and "Error" in one.text:
            import_module(name)
    ours = {error for error in _below(UserFacingError) if error.__module__.startswith(("app.", "ui."))}
    return sorted(ours, key=lambda error: (error.__module__, error.__qualname__))


def _below(top: type[UserFacingError]) -> set[type[UserFacingError]]:
    return {top}.union(*(_below(one) for one in top.__subclasses__()))
