"""How parent and child talk: one frame per question, one per answer, over a pair of pipes.

A frame is twelve bytes (length of the head, unsigned 32 bit; length of the body, unsigned 64 bit; big endian),
the head in MessagePack and the body as it is: a document on the way in, pixels on the way out. Both lengths are
checked before anything is read, and every head is read into a typed value or refused.
"""

import os
import struct
from typing import Final

import msgspec

from app.decoding.kinds import ForeignKind
from app.decoding.limits import Limits
from app.platform.pipes import read_into

_LENGTHS: Final = struct.Struct(">IQ")
MAX_QUESTION_HEAD: Final = 64 * 1024
_NIL: Final = msgspec.Raw(b"\xc0")  # MessagePack for "nothing"


class FrameError(Exception):
    """The other side sent something that is no frame, or went away in the middle of one."""


class Question(msgspec.Struct, frozen=True, tag_field="do"):
    """What the parent may ask.."""


class Configure(Question, frozen=True, tag="configure"):
    """Always the first: bounds, and the descriptor of shared memory if there is one, with its room for both ways."""

    limits: Limits
    shared_descriptor: int = -1
    shared_pixels: int = 0
    shared_documents: int = 0


class Identify(Question, frozen=True, tag="identify"):
    """Which kind are the bytes in the body?"""


class Open(Question, frozen=True, tag="open"):
    """Keep the bytes in the body as ``document`` and open them.

    With a ``size`` the body is only the first and the last piece of a document of so many bytes, and the child may ask
    for others. With ``shared_bytes`` the body is not in the frame but in shared memory.
    """

    document: str
    size: int = 0
    shared_bytes: int = 0


class Close(Question, frozen=True, tag="close"):
    """Forget ``document``."""

    document: str


class AskPageSizes(Question, frozen=True, tag="page_sizes"):
    """Sizes of ``count`` pages from ``first`` on."""

    document: str
    first: int
    count: int


class Render(Question, frozen=True, tag="render"):
    """Page as pixels, ``width`` across and no higher than ``height`` after turning by ``rotation`` degrees."""

    document: str
    page: int
    width: int
    height: int
    rotation: int


class AskWords(Question, frozen=True, tag="words"):
    """Words of a page with their boxes."""

    document: str
    page: int


class AskOutline(Question, frozen=True, tag="outline"):
    """Bookmarks."""

    document: str


class AskSheet(Question, frozen=True, tag="sheet"):
    """``limit`` rows of a sheet from row ``first`` on."""

    document: str
    sheet: int
    first: int
    limit: int


class AskText(Question, frozen=True, tag="text"):
    """Paragraphs and tables."""

    document: str


class AskCodes(Question, frozen=True, tag="codes"):
    """What the QR codes on a page hold."""

    document: str
    page: int


Asked = Identify | Open | Close | AskPageSizes | Render | AskWords | AskOutline | AskSheet | AskText | AskCodes


class Failure(msgspec.Struct, frozen=True):
    """The child's "no": a code of :mod:`app.decoding.errors`, and the kind found if it is not accepted."""

    code: str
    foreign: ForeignKind | None = None
    cause: str = ""  # class name of what a library raised, for the log


class Answer(msgspec.Struct, frozen=True):
    """Head of an answer: a value or a failure, and where the pixels lie if there are any.

    With ``wants`` it is not the answer yet: the child waits for that piece of the document. It comes in a frame whose
    head is the number of its bytes in shared memory, or whose body it is, without a head.
    """

    value: msgspec.Raw = _NIL
    failure: Failure | None = None
    shared_bytes: int = 0
    wants: int | None = None


class Refused(Exception):  # noqa: N818 - the child's control flow, turned into a Failure at the end of the request
    """A reader's verdict on a document, by error code."""

    def __init__(self, code: str, *, foreign: ForeignKind | None = None) -> None:
        super().__init__(code)
        self.code = code
        self.foreign = foreign


def send(descriptor: int, head: bytes, body: "bytes | memoryview" = b"") -> None:
    """One frame.

    Raises:
        OSError: the other side is gone.
    """
    _write(descriptor, _LENGTHS.pack(len(head), len(body)) + head)
    if len(body):
        _write(descriptor, body)


def receive(descriptor: int, *, max_head: int, max_body: int) -> tuple[bytes, bytes]:
    """One frame, whole.

    Raises:
        FrameError: ended early, or announces more than allowed.
    """
    lengths = _read(descriptor, _LENGTHS.size)
    head_length, body_length = _LENGTHS.unpack(lengths)
    if head_length > max_head or body_length > max_body:
        raise FrameError
    return bytes(_read(descriptor, head_length)), bytes(_read(descriptor, body_length))


def _write(descriptor: int, data: "bytes | memoryview") -> None:
    rest = memoryview(data).cast("B")
    while rest:
        rest = rest[os.write(descriptor, rest) :]


def _read(descriptor: int, count: int) -> bytearray:
    data = bytearray(count)
    rest = memoryview(data)
    while rest:
        got = read_into(descriptor, rest)
        if got == 0:
            raise FrameError
        rest = rest[got:]
    return data
