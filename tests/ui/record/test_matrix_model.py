"""Applications × experts: signs, conflicts with their path, filters, and a size nobody waits for."""

from typing import Any

from PySide6.QtCore import Qt

from app.domain.assigning import ApplicationEntry, AssignmentCell, AssignmentMatrix, AssignmentState, ConflictGround
from app.domain.conflict import ConflictKind
from app.domain.ids import ApplicationCode, ExpertCode, ReviewId
from app.domain.roster import ExpertEntry
from ui.models.table_model import Role
from ui.record.matrix_model import MatrixModel, Narrowing


def entry(number: int) -> ApplicationEntry:
    return ApplicationEntry(
        application=ApplicationCode(f"2026-{number:04d}"), operator=f"示例企业{number}", uscc="", category="agri",
        offering_name=f"产品{number}", offering="product", recommender="", region="", state="recommended", documents=1,
        bytes=1,
    )  # fmt: skip


def person(number: int) -> ExpertEntry:
    return ExpertEntry(
        expert=ExpertCode(f"E{number:04d}"), name=f"示例{number}", phone="", employer="示例大学", title=""
    )  # fmt: skip


def matrix(applications: int = 3, experts: int = 2, *, assigned: tuple[tuple[int, int], ...] = ()) -> AssignmentMatrix:
    ground = ConflictGround(ConflictKind.EMPLOYMENT, "示例企业2")
    return AssignmentMatrix(
        tuple(entry(n) for n in range(1, applications + 1)),
        tuple(person(n) for n in range(1, experts + 1)),
        {
            (entry(row).application, person(column).expert): AssignmentCell(ReviewId("r"), AssignmentState.ASSIGNED)
            for row, column in assigned
        },
        {(entry(2).application, person(1).expert): (ground,)},
    )


def test_matrix_model_passes_the_tester(qtmodeltester: Any) -> None:
    model = MatrixModel()
    model.show_matrix(matrix(assigned=((1, 1),)))
    qtmodeltester.check(model)
    model.show_matrix(matrix(5, 4))
    qtmodeltester.check(model)


def test_conflict_is_marked_and_its_path_is_in_the_tip() -> None:
    model = MatrixModel()
    model.show_matrix(matrix())
    index = model.index(1, 0)
    assert model.data(index, Role.STATE).word == "Conflict"
    assert "示例1 → employed by 示例企业2" in model.data(index, Qt.ItemDataRole.ToolTipRole)
    assert model.data(model.index(0, 0), Role.STATE) is None
    assert model.data(model.index(0, 0), Qt.ItemDataRole.AccessibleTextRole) == "Not assigned"


def test_heads_carry_loads_and_panel_sizes() -> None:
    model = MatrixModel()
    model.show_matrix(matrix(assigned=((1, 1), (3, 1), (1, 2))))
    assert model.headerData(0, Qt.Orientation.Horizontal).splitlines() == ["示例1", "2"]
    assert "2 experts" in model.headerData(0, Qt.Orientation.Vertical)
    assert model.loads() == (1, 2)
    assert model.short(2) == 2


def test_filter_and_narrowing_leave_what_fits() -> None:
    model = MatrixModel()
    model.show_matrix(matrix(assigned=((1, 1), (1, 2))))
    model.narrow(Narrowing.SHORT, panel=2)
    assert model.rowCount() == 2
    model.narrow(Narrowing.CONFLICTS, panel=2)
    assert model.rowCount() == 1
    model.narrow(Narrowing.ALL, panel=2)
    model.filter("企业3")
    assert model.rowCount() == 1
    cell = model.cell(model.index(0, 1))
    assert cell is not None
    assert (cell.application.application, cell.expert.expert) == ("2026-0003", "E0002")


def test_new_cells_do_not_reset_the_view() -> None:
    model = MatrixModel()
    model.show_matrix(matrix())
    resets: list[None] = []
    model.modelReset.connect(lambda: resets.append(None))
    model.show_matrix(matrix(assigned=((1, 1),)))
    assert resets == []
    assert model.data(model.index(0, 0), Role.STATE).word == "Assigned, not sent"


def test_proposal_is_marked_and_taken_away_again() -> None:
    model = MatrixModel()
    model.show_matrix(matrix())
    model.show_proposal([(ExpertCode("E0002"), ApplicationCode("2026-0001"))])
    assert model.data(model.index(0, 1), Role.STATE).sign == "+"
    model.show_proposal(())
    assert model.data(model.index(0, 1), Role.STATE) is None
