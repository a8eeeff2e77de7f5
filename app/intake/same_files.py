"""Files compared with what is there: the same bytes in two places, and other bytes under a name that is taken."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from app.domain.application import Application, Document
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


def told_of_replacing(files: Iterable[CheckedFile], documents: Sequence[Document]) -> tuple[CheckedFile, ...]:
    """The files handed in anew for a dossier of *documents*, with a word on each that takes the place of one."""
    listed = tuple(files)
    accepted = [file.accepted for file in listed if file.accepted is not None]
    outdated = replaced_documents(documents, {one.sha256: one.name for one in accepted})
    finding = {sha256: find(Code.REPLACES) for sha256 in outdated.values()}
    return tuple(
        replace(file, findings=(*file.findings, replace(finding[file.accepted.sha256], path=file.path)))
        if file.accepted is not None and file.accepted.sha256 in finding
        else file
        for file in listed
    )


def replaced_documents(documents: Sequence[Document], handed_in: Mapping[Sha256, str]) -> dict[Sha256, Sha256]:
    """Which of *documents* are replaced by which content handed in (hash -> name).

    One is where its own content is not handed in again and other, new content has its name. New content replaces one
    document only, however many have the name.
    """
    had = {document.sha256 for document in documents}
    fresh = {name: sha256 for sha256, name in handed_in.items() if sha256 not in had}
    gone = (document for document in documents if document.sha256 not in handed_in)
    return {document.sha256: fresh.pop(document.name) for document in gone if document.name in fresh}
