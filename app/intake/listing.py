"""What lies in the folders that were handed in. Links are never followed and nothing is opened here."""

import os
import stat
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from app.i18n import N_
from app.intake.finding import Code, Finding, find
from app.intake.limits import IntakeLimits
from app.intake.natural import natural_key, shown_name

_SYSTEM_NAMES: Final = frozenset(
    {"thumbs.db", "ehthumbs.db", "desktop.ini", "__macosx", "$recycle.bin", "system volume information", "icon\r"}
)
_SYSTEM_STARTS: Final = (".", "~$", "~wrl")  # hidden files, locks and half-saved copies of Word and Excel
_JUNCTION: Final = 0xA0000003  # IO_REPARSE_TAG_MOUNT_POINT: leads elsewhere like a link

_TOO_DEEP: Final = N_("Folders are nested too deeply here. Move the documents further up.")
_TOO_MANY: Final = N_("{size} files, more than the {limit} allowed for one application. Put pages together into PDFs.")


@dataclass(frozen=True, slots=True)
class Entry:
    """A file that may be opened. ``name`` is relative to its dossier, ``shown`` to the folder handed in."""

    path: Path
    name: str
    shown: str


@dataclass(frozen=True, slots=True)
class Folder:
    """A subfolder of the folder handed in."""

    path: Path
    name: str


@dataclass(frozen=True, slots=True)
class Listing:
    """The first floor: one folder per application, and what should not be there."""

    folders: tuple[Folder, ...]
    loose: tuple[Entry, ...]
    findings: tuple[Finding, ...]


@dataclass(frozen=True, slots=True)
class Dossier:
    """The files of one application in natural order, folders after the files beside them."""

    entries: tuple[Entry, ...]
    findings: tuple[Finding, ...]


def list_root(root: Path) -> Listing:
    """The subfolders and loose files of *root*."""
    walk = _Walk(root)
    folders: list[Folder] = []
    loose: list[Entry] = []
    for entry in walk.scan(root, shown=""):
        name = shown_name(entry.name)
        if walk.is_folder(entry):
            folders.append(Folder(Path(entry.path), name))
        else:
            loose.append(Entry(Path(entry.path), name, name))
    return Listing(tuple(folders), tuple(loose), tuple(walk.findings))


def list_dossier(folder: Folder, *, limits: IntakeLimits) -> Dossier:
    """Every file below *folder*; an application with more files than allowed gets none of them."""
    walk = _Walk(folder.path)
    entries = list(walk.files(folder.path, shown=folder.name, depth=limits.depth))
    if len(entries) > limits.files_per_dossier:
        walk.findings.append(
            find(
                Code.OVER_LIMIT,
                path=folder.name,
                words=_TOO_MANY,
                size=len(entries),
                limit=limits.files_per_dossier,
            )
        )
        entries = []
    return Dossier(tuple(entries), tuple(walk.findings))


@dataclass(slots=True)
class _Walk:
    root: Path
    findings: list[Finding] = field(default_factory=list)

    def files(self, folder: Path, *, shown: str, depth: int) -> Iterator[Entry]:
        if depth == 0:
            self.findings.append(find(Code.OVER_LIMIT, path=shown, words=_TOO_DEEP))
            return
        deeper: list[os.DirEntry[str]] = []
        for entry in self.scan(folder, shown=shown):
            if self.is_folder(entry):
                deeper.append(entry)
            else:
                path = Path(entry.path)
                name = "/".join(shown_name(part) for part in path.relative_to(self.root).parts)
                yield Entry(path, name, f"{shown}/{shown_name(entry.name)}")
        for entry in deeper:
            yield from self.files(Path(entry.path), shown=f"{shown}/{shown_name(entry.name)}", depth=depth - 1)

    def scan(self, folder: Path, *, shown: str) -> Iterator[os.DirEntry[str]]:
        """Ordinary files and folders in natural order; everything else becomes a finding."""
        try:
            with os.scandir(folder) as found:
                entries = sorted(found, key=lambda entry: natural_key(entry.name))
        except OSError:
            self.findings.append(find(Code.UNREADABLE, path=shown or shown_name(folder.name)))
            return
        for entry in entries:
            path = f"{shown}/{shown_name(entry.name)}" if shown else shown_name(entry.name)
            problem = _problem(entry)
            if problem is None:
                yield entry
            else:
                self.findings.append(find(problem, path=path))

    @staticmethod
    def is_folder(entry: os.DirEntry[str]) -> bool:
        return entry.is_dir(follow_symlinks=False)


def _problem(entry: os.DirEntry[str]) -> Code | None:
    if is_system_name(entry.name):
        return Code.IGNORED
    try:
        facts = entry.stat(follow_symlinks=False)
    except OSError:
        return Code.UNREADABLE
    if getattr(facts, "st_reparse_tag", 0) == _JUNCTION or entry.is_symlink():
        return Code.NOT_A_FILE
    return None if stat.S_ISREG(facts.st_mode) or stat.S_ISDIR(facts.st_mode) else Code.NOT_A_FILE


def is_system_name(name: str) -> bool:
    """Files that systems and programs leave behind; nobody meant to hand them in."""
    plain = name.casefold()
    return plain in _SYSTEM_NAMES or plain.startswith(_SYSTEM_STARTS)
