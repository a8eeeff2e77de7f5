"""The same bytes in two places: once in a dossier is enough, and in two dossiers somebody has to look."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import replace

from app.domain.application import Application
from app.domain.ids import ApplicationCode, Sha256
from app.intake.documents import CheckedFile
from app.intake.finding import Code, find
from app.intake.relations import Relations


def files_elsewhere(
    dossiers: Mapping[int, list[CheckedFile]], record: Mapping[ApplicationCode, Application], related: Relations
) -> dict[Sha256, dict[str, int]]:
    """For every content, in which dossiers it is: shown name -> row, or 0 for an application of the record."""
    found: dict[Sha256, dict[str, int]] = defaultdict(dict)
    for row, files in dossiers.items():
        for file in files:
            if file.accepted is not None:
                found[file.accepted.sha256].setdefault(file.path, row)
    rows = {code: row for row, code in related.known.items()}
    for application in record.values():
        for document in application.documents:
            found[document.sha256].setdefault(f"{application.code} {document.name}", rows.get(application.code, 0))
    return found


def compared(files: Iterable[CheckedFile], others: Mapping[Sha256, dict[str, int]]) -> tuple[CheckedFile, ...]:
    """The files of one dossier, each content once, with a word about contents that other dossiers have too."""
    first: dict[Sha256, str] = {}
    result: list[CheckedFile] = []
    for file in files:
        if file.accepted is None:
            result.append(file)
            continue
        digest = file.accepted.sha256
        if digest in first:
            finding = find(Code.DUPLICATE, path=file.path, other=first[digest])
            result.append(replace(file, findings=(*file.findings, finding), accepted=None))
            continue
        first[digest] = file.path
        other = next((name for name, row in others[digest].items() if row != file.row), None)
        if other is None:
            result.append(file)
        else:
            finding = find(Code.SAME_IN_OTHER, path=file.path, other=other)
            result.append(replace(file, findings=(*file.findings, finding)))
    return tuple(result)
