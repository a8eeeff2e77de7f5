import os
from collections.abc import Iterator

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.decoding.kinds import FileKind, ForeignKind
from app.decoding.limits import Limits
from app.decoding.protocol import Answer, Asked, Configure, Failure, FrameError, Open, receive, send
from app.decoding.replies import Overview, PageSize, PictureFacts, Pixels, SheetRows, Word

Pipe = tuple[int, int]


@pytest.fixture
def pipe() -> Iterator[Pipe]:
    reading, writing = os.pipe()
    yield reading, writing
    os.close(reading)
    os.close(writing)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(head=st.binary(max_size=300), body=st.binary(max_size=3000))
def test_what_is_sent_is_received(pipe: Pipe, head: bytes, body: bytes) -> None:
    send(pipe[1], head, body)
    assert receive(pipe[0], max_head=300, max_body=3000) == (head, body)


def test_a_frame_longer_than_allowed_is_refused_before_it_is_read(pipe: Pipe) -> None:
    send(pipe[1], b"head", b"body")
    with pytest.raises(FrameError):
        receive(pipe[0], max_head=4, max_body=3)
    assert os.read(pipe[0], 100) == b"headbody"


@pytest.mark.parametrize("length", range(20))
def test_a_frame_cut_short_is_an_error_and_no_answer(length: int) -> None:
    reading, writing = os.pipe()
    send(writing, b"head", b"body")
    whole = os.read(reading, 100)
    os.write(writing, whole[:length])
    os.close(writing)
    with pytest.raises(FrameError):
        receive(reading, max_head=100, max_body=100)
    os.close(reading)


def test_questions_and_answers_survive_the_journey() -> None:
    question: Asked = Open("a" * 64)
    assert msgspec.msgpack.decode(msgspec.msgpack.encode(question), type=Asked) == question
    configure = Configure(Limits(pages=5), 3, 4)
    assert msgspec.msgpack.decode(msgspec.msgpack.encode(configure), type=Configure) == configure
    answer = Answer(failure=Failure("not_accepted", ForeignKind.SVG))
    assert msgspec.msgpack.decode(msgspec.msgpack.encode(answer), type=Answer) == answer


@pytest.mark.parametrize(
    "wrong",
    [
        lambda: Pixels(2, 2, 8, b"x" * 15),
        lambda: Pixels(2, 2, 9, b"x" * 18),
        lambda: Word("a", (5, 0, 4, 1)),
        lambda: Word("", (0, 0, 1, 1)),
        lambda: Word("a", (0, 0, 1, 2**40)),
        lambda: PageSize(0, 5),
        lambda: Overview(kind=FileKind.PDF),
        lambda: Overview(kind=FileKind.JPEG, pages=1),
        lambda: Overview(kind=FileKind.XLSX),
        lambda: PictureFacts(camera="a\nb"),
        lambda: SheetRows("a", 1, 0, 0, ((),)),
        lambda: Limits(pages=0),
    ],
)
def test_values_that_cannot_be_are_refused(wrong: object) -> None:
    with pytest.raises(ValueError, match=r"."):
        wrong()  # type: ignore[operator]
