"""The steps that make a record's tables lead to the tables the program works with, on both engines."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import Engine, inspect

from app.crypto.columns import ColumnCipher
from app.storage.engine import postgresql_engine, sqlcipher_engine, writing
from app.storage.migration import _config, bring_up_to_date, current_version, head_version
from app.storage.record.tables import SHAPE, Base
from app.storage.record.tray_tables import TRAY_TABLES

ONLY_IN_FILES = {"ix_application_list"}


@pytest.fixture
def engine(request: pytest.FixtureRequest, tmp_path: Path) -> Engine:
    cipher = ColumnCipher(os.urandom(32))
    if request.param == "file":
        path = tmp_path / "示例 (1).record"
        return sqlcipher_engine(path, os.urandom(32), salt=os.urandom(16), memory_security=False, cipher=cipher)
    new_database: Callable[[], str] = request.getfixturevalue("new_database")
    return postgresql_engine(new_database(), cipher=cipher)


def _is_for(engine: Engine) -> Callable[..., bool]:
    """The comparison does not know that an index may be meant for one engine only."""

    def is_for(_item: object, name: str | None, *_rest: object) -> bool:
        return engine.dialect.name == "sqlite" or name not in ONLY_IN_FILES

    return is_for


@pytest.mark.parametrize("engine", ["file", "server"], indirect=True)
def test_the_steps_lead_to_the_tables_of_the_program(engine: Engine) -> None:
    bring_up_to_date(engine, "record", backup=lambda: pytest.fail("an empty store needs no backup"))
    assert current_version(engine) == head_version("record") == SHAPE
    with engine.connect() as connection:
        options = {"compare_type": False, "render_as_batch": True, "include_object": _is_for(engine)}
        context = MigrationContext.configure(connection, opts=options)
        assert compare_metadata(context, Base.metadata) == []
        assert set(inspect(connection).get_table_names()) >= set(Base.metadata.tables) >= TRAY_TABLES
    engine.dispose()


@pytest.mark.parametrize("engine", ["file"], indirect=True)
def test_a_second_time_changes_nothing(engine: Engine) -> None:
    for _ in range(2):
        bring_up_to_date(engine, "record", backup=lambda: pytest.fail("nothing is to be changed"))
    engine.dispose()


def test_every_constraint_and_index_has_a_name() -> None:
    for table in Base.metadata.tables.values():
        for constraint in table.constraints:
            assert constraint.name, table.name
        for index in table.indexes:
            assert index.name, table.name


@pytest.mark.parametrize("engine", ["file", "server"], indirect=True)
def test_every_step_can_be_taken_back(engine: Engine) -> None:
    bring_up_to_date(engine, "record", backup=lambda: None)
    config = _config("record")
    with writing(engine).begin() as connection:
        config.attributes["connection"] = connection
        command.downgrade(config, "base")
    with engine.connect() as connection:
        assert set(inspect(connection).get_table_names()) <= {"alembic_version"}
    bring_up_to_date(engine, "record", backup=lambda: None)
    assert current_version(engine) == SHAPE
    engine.dispose()


@pytest.mark.parametrize("engine", ["file"], indirect=True)
def test_the_list_is_narrowed_without_reading_whole_rows(engine: Engine) -> None:
    bring_up_to_date(engine, "record", backup=lambda: None)
    narrowed = (
        "SELECT application FROM application WHERE operator LIKE '%a%' OR offering_name LIKE '%a%' OR uscc LIKE '%a%'"
    )
    with engine.connect() as connection:
        plan = connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {narrowed} ORDER BY application LIMIT 501").all()
    assert [step[-1] for step in plan] == ["SCAN application USING COVERING INDEX ix_application_list"]
    engine.dispose()


@pytest.mark.parametrize("version", ["0001", "0002"])
@pytest.mark.parametrize("engine", ["file"], indirect=True)
def test_older_record_is_backed_up_before_it_changes(engine: Engine, version: str) -> None:
    config = _config("record")
    with writing(engine).begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, version)
    called: list[bool] = []
    bring_up_to_date(engine, "record", backup=lambda: called.append(True))
    assert called == [True]
    assert current_version(engine) == SHAPE
    engine.dispose()
