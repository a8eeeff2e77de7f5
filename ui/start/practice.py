"""先用示例练习: the sample campaign in a folder of its own, opened at the first expert's desk."""

from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from app.paths import settings_folder
from app.progress import Progress
from ui.start.opening import Work, opening
from ui.start.recent import Workspace, WorkspaceKind

if TYPE_CHECKING:
    from app.bootstrap.desk import DeskWorkspace
    from app.bootstrap.record import RecordWorkspace


@dataclass(frozen=True, slots=True)
class Practice:
    """The sample desk, open, and where its passphrase stands."""

    workspace: "DeskWorkspace | RecordWorkspace"
    location: Workspace
    folder: Path
    passphrase: str = field(repr=False)


def practising(folder: Path | None = None) -> Work:
    """Draw the sample campaign in *folder* (made anew) and open the desk that is ready to be worked at."""

    def work(progress: Progress) -> Practice:
        from app.bootstrap.sample import play_sample

        place = folder or settings_folder() / "sample"
        sample = play_sample(place, progress=progress)
        location = Workspace(str(sample.open_desk), WorkspaceKind.DESK)
        workspace = opening(location, sample.passphrase)(progress)
        return Practice(workspace, location, place, sample.passphrase)  # type: ignore[arg-type]

    return work
