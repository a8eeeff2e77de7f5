"""The child: reads questions, opens what strangers sent, answers. ``python -m app.decoding.worker``.

It gives up network, files and privileges before the first stranger's byte, imports each reader only when a file
needs it, and ends when its standard input ends.
"""

import os
import sys
from collections.abc import Callable
from typing import Final

import msgspec

import app
from app.decoding.kinds import FileKind
from app.decoding.limits import Limits
from app.decoding.pieces import PIECE_BYTES
from app.decoding.protocol import (
    MAX_QUESTION_HEAD,
    Answer,
    AskCodes,
    Asked,
    AskOutline,
    AskPageSizes,
    AskSheet,
    AskText,
    AskWords,
    Close,
    Configure,
    Failure,
    FrameError,
    Identify,
    Open,
    Refused,
    Render,
    receive,
    send,
)
from app.decoding.readers.base import Reader
from app.decoding.readers.canvas import Canvas
from app.decoding.readers.pieced import Fetch, PiecedFile
from app.decoding.readers.sniff import identify, is_told_by_its_head
from app.decoding.replies import Identified, Nothing, Raster, Ready
from app.platform.child_limits import allow_cpu_seconds, confine, keep_freed_memory
from app.platform.pipes import binary_stdio, widen_pipe
from app.platform.shared_pixels import SharedPixels

LaidDown = Callable[[int], memoryview]
_KEPT_BYTES: Final = 16 * 1024 * 1024  # a page of 300 dpi in grey, and what unpacking it takes
_MOST_DIGITS: Final = 9  # of an integer in MessagePack
_SYSTEM_FOLDERS: Final = ("/lib", "/lib64", "/usr/lib", "/usr/lib64", "/etc/ld.so.cache", "/dev/null", "/dev/urandom")


class Worker:
    """Answers one question at a time about the documents it holds."""

    def __init__(self, limits: Limits, canvas: Canvas, *, fetch: Fetch, laid_down: LaidDown) -> None:
        """Get documents from *laid_down*, which gives so many bytes of shared memory, and their pieces from *fetch*."""
        self._limits = limits
        self._fetch, self._laid_down = fetch, laid_down
        self._canvas = canvas
        self._documents: dict[str, Reader] = {}

    def serve(self, question: Asked, body: bytes, writing: int) -> None:
        """Answer *question* whatever the document does, short of ending the process."""
        allow_cpu_seconds(_cpu_seconds(question, self._limits))
        try:
            value = self.answer(question, body)
        except Refused as refused:
            answer = Answer(failure=Failure(refused.code, refused.foreign))
        except MemoryError:
            answer = Answer(failure=Failure("over_limit", cause=MemoryError.__name__))
        except Exception as error:  # noqa: BLE001 - whatever a library says about a stranger's bytes, it means: not readable
            answer = Answer(failure=Failure("damaged", cause=type(error).__name__))
        else:
            shared = value.byte_count if isinstance(value, Raster) and self._canvas.is_shared else 0
            answer = Answer(value=_raw(value), shared_bytes=shared)
        send(writing, _encode(answer), self._canvas.taken())

    def answer(self, question: Asked, body: bytes) -> object:
        """The value asked for.

        Raises:
            Refused: the document is not what it should be.
        """
        match question:
            case Identify():
                return Identified(identify(body))
            case Open(document, size, shared_bytes):
                self._forget(document)
                given = self._laid_down(shared_bytes) if shared_bytes else memoryview(body)
                data = PiecedFile(given, size=size, fetch=self._fetch) if size else bytes(given)
                self._documents[document] = opened = open_document(data, self._limits)
                return opened.overview
            case Close(document):
                self._forget(document)
                return Nothing()
            case _:
                return self._read(question)

    def _read(self, question: AskPageSizes | Render | AskWords | AskOutline | AskSheet | AskText | AskCodes) -> object:
        """What a document that is open says."""
        match question:
            case AskPageSizes(document, first, count):
                return self._documents[document].page_sizes(first, count)
            case Render(document, page, width, height, rotation):
                return self._documents[document].render(
                    page, width=width, height=height, rotation=rotation, canvas=self._canvas
                )
            case AskWords(document, page):
                return self._documents[document].words(page)
            case AskOutline(document):
                return self._documents[document].outline()
            case AskSheet(document, sheet, first, limit):
                return self._documents[document].rows(sheet, first=first, limit=limit)
            case AskText(document):
                return self._documents[document].text()
            case AskCodes(document, page):
                from app.decoding.readers.codes import read_codes

                return read_codes(self._documents[document], page)

    def _forget(self, document: str) -> None:
        opened = self._documents.pop(document, None)
        if opened is not None:
            opened.close()


def open_document(data: bytes | PiecedFile, limits: Limits) -> Reader:
    """The reader for *data* by its content; its module is imported now if it is the first of its kind."""
    if isinstance(data, PiecedFile) and not is_told_by_its_head(data.head):
        data = data.whole()
    kind = identify(data.head if isinstance(data, PiecedFile) else data)
    if kind is FileKind.PDF:
        from app.decoding.readers.pdf import PdfDocument

        return PdfDocument(data, limits)
    if isinstance(data, PiecedFile):
        data = data.whole()
    if kind is FileKind.XLSX:
        from app.decoding.readers.sheets import Workbook

        return Workbook(data, limits)
    if kind is FileKind.DOCX:
        from app.decoding.readers.word_document import WordDocument

        return WordDocument(data, limits)
    from app.decoding.readers.pictures import Picture

    return Picture(data, kind, limits)


def main() -> int:
    """The whole life of the child; the exit status is 0 when the parent closed the pipe."""
    reading, writing = binary_stdio()
    widen_pipe(writing)
    try:
        head, _ = receive(reading, max_head=MAX_QUESTION_HEAD, max_body=0)
        configure = msgspec.msgpack.decode(head, type=Configure)
        limits = configure.limits
        shared = _shared_memory(configure)
        confinement = confine(
            memory_bytes=limits.memory_bytes, open_files=limits.open_files, readable=_readable_folders()
        )
        ready = Ready(
            memory_limited=confinement.memory_limited,
            network_isolated=confinement.network_isolated,
            files_isolated=confinement.files_isolated,
            privileges_dropped=confinement.privileges_dropped,
        )
        send(writing, _encode(Answer(value=_raw(ready))))
        keep_freed_memory(up_to=_KEPT_BYTES)
        _held = _prepare_for_pdf(limits)

        def laid_down(count: int) -> memoryview:
            if shared is None or count > shared.documents:
                raise FrameError
            return shared.laid_down(count)

        def fetch(number: int) -> memoryview:
            send(writing, _encode(Answer(wants=number)))
            head, body = receive(reading, max_head=_MOST_DIGITS, max_body=PIECE_BYTES)
            return laid_down(msgspec.msgpack.decode(head, type=int)) if head else memoryview(body)

        worker = Worker(limits, Canvas(shared.canvas if shared else None), fetch=fetch, laid_down=laid_down)
        while True:
            head, body = receive(reading, max_head=MAX_QUESTION_HEAD, max_body=limits.document_bytes)
            worker.serve(msgspec.msgpack.decode(head, type=Asked), body, writing)
    except (FrameError, OSError):  # the parent closed the pipe or is gone
        return 0


def _shared_memory(configure: Configure) -> SharedPixels | None:
    if not configure.shared_pixels:
        return None
    return SharedPixels(configure.shared_descriptor, configure.shared_pixels, configure.shared_documents)


def _prepare_for_pdf(limits: Limits) -> Reader | None:
    """What most files need, loaded while the parent fetches the first one; to be held as long as the child lives."""
    from app.decoding.readers.letters import held_letters

    try:
        return held_letters(limits)
    except (Refused, MemoryError):  # without it a document takes longer, and says itself what is wrong
        return None


def _readable_folders() -> list[str]:
    from app.decoding.readers.fonts import font_folders

    frozen = getattr(sys, "_MEIPASS", None)  # set by PyInstaller's loader
    # The frozen program keeps its modules in its own file, which lies outside that folder.
    program = [frozen, sys.executable] if frozen else [*app.__path__, sys.prefix, sys.base_prefix]
    return [*program, *_SYSTEM_FOLDERS, *font_folders()]


def _cpu_seconds(question: Asked, limits: Limits) -> float:
    if isinstance(question, AskSheet):
        return limits.sheet_seconds
    return limits.page_seconds if isinstance(question, Render | AskWords | AskCodes) else limits.open_seconds


def _raw(value: object) -> msgspec.Raw:
    return msgspec.Raw(_encode(value))


def _encode(value: object) -> bytes:
    return msgspec.msgpack.encode(value)


if __name__ == "__main__":
    # Straight out: nothing is left to write, and libraries tidy up at length.
    os._exit(main())
