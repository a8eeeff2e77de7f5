import os
import signal
import sys
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest

from app.decoding import child as child_module
from app.decoding.errors import (
    DecoderCrashedError,
    DecoderUnavailableError,
    DecodingError,
    DecodingTimeoutError,
    EmptyFileError,
    FileTooLargeError,
    OverLimitError,
)
from app.decoding.kinds import FileKind
from app.decoding.limits import Limits
from app.decoding.pool import DecodingPool
from app.domain.ids import Sha256
from tests.support import stranger_files as files

PDF = files.pdf([f"page {number}" for number in range(1, 21)])
needs_signals = pytest.mark.skipif(not hasattr(signal, "SIGSTOP"), reason="a process is stopped by a POSIX signal")


class Source:
    """Gives a document and counts how often it was asked to."""

    def __init__(self, data: bytes = PDF) -> None:
        self.data, self.times = data, 0

    def __call__(self) -> bytes:
        self.times += 1
        return self.data


@pytest.fixture
def own_pool() -> Iterator[DecodingPool]:
    """A child of its own, to be harmed."""
    with DecodingPool(limits=Limits(page_seconds=0.5)) as pool:
        yield pool


def _kill(pool: DecodingPool, number: int = getattr(signal, "SIGKILL", signal.SIGTERM)) -> None:
    (process_id,) = pool.status().process_ids
    os.kill(process_id, number)


def test_nothing_is_started_before_it_is_needed() -> None:
    with DecodingPool() as pool:
        assert pool.status().process_ids == ()
        assert pool.status().network_isolated is None


def test_bytes_are_handed_over_once_for_many_pages(own_pool: DecodingPool) -> None:
    source = Source()
    with own_pool.open(source, Sha256("a")) as document:
        sizes = {document.render(page, width=50).height for page in range(1, 21)}
    assert sizes == {70}
    assert source.times == 1


def test_after_the_child_is_gone_the_same_document_goes_on(own_pool: DecodingPool) -> None:
    source = Source()
    document = own_pool.open(source, Sha256("a"))
    _kill(own_pool)
    seen = [_outcome(document.render, page) for page in (1, 2, 3)]
    assert seen[1:] == ["ok", "ok"]  # the first may still have met the dying child
    assert source.times == 2
    assert own_pool.status().restarts == 1
    assert own_pool.status().crashes == 1


def _outcome(ask: object, page: int) -> str:
    try:
        ask(page, width=50)  # type: ignore[operator]
    except DecodingError as error:
        return error.code
    return "ok"


@needs_signals
def test_a_hang_ends_with_a_timeout_and_the_next_page_works(own_pool: DecodingPool) -> None:
    source = Source()
    document = own_pool.open(source, Sha256("a"))
    _kill(own_pool, signal.SIGSTOP)
    with pytest.raises(DecodingTimeoutError):
        document.render(1, width=50)
    assert document.render(2, width=50).width == 50
    assert (own_pool.status().timeouts, own_pool.status().crashes, own_pool.status().restarts) == (1, 0, 1)


def test_the_child_is_replaced_after_its_number_of_files() -> None:
    with DecodingPool(limits=Limits(documents_per_child=3)) as pool:
        kept = pool.open(Source(), Sha256("kept"))
        children = {pool.status().process_ids}
        for number in range(6):
            assert pool.probe(files.pdf([str(number)])).pages == 1
            children.add(pool.status().process_ids)
        assert kept.render(1, width=50).width == 50
        assert len(children) == 3
        assert pool.status().crashes == 0


def test_documents_put_away_for_room_come_back_by_themselves() -> None:
    sources = [Source(files.pdf([str(number)])) for number in range(4)]
    with DecodingPool(limits=Limits(resident_documents=2)) as pool:
        documents = [pool.open(source, Sha256(str(number))) for number, source in enumerate(sources)]
        assert all(document.render(1, width=50).width == 50 for document in documents)
    assert all(source.times == 2 for source in sources[:2])


def test_a_closed_document_is_forgotten_and_not_asked_again(own_pool: DecodingPool) -> None:
    document = own_pool.open(Source(), Sha256("a"))
    document.close()
    document.close()
    with pytest.raises(ValueError, match="no such page"):
        document.words(1)


def test_many_threads_may_ask_at_once() -> None:
    def read(number: int) -> str:
        with pool.open(lambda: files.pdf([f"n{number}"]), Sha256(str(number))) as document:
            document.render(1, width=100)
            return document.words(1).text()

    with DecodingPool(processes=2) as pool, ThreadPoolExecutor(8) as threads:
        assert list(threads.map(read, range(40))) == [f"n{number}" for number in range(40)]
        assert pool.status().crashes == 0
        assert len(pool.status().process_ids) == 2


def test_pixels_through_the_pipe_equal_pixels_through_shared_memory(own_pool: DecodingPool) -> None:
    with DecodingPool(share_pixels=False) as by_pipe:
        for data in (PDF, files.picture("PNG", size=(1200, 900))):
            one = own_pool.open(lambda data=data: data, Sha256("a")).render(1, width=1000)
            other = by_pipe.open(lambda data=data: data, Sha256("a")).render(1, width=1000)
            assert one == other


def test_probe_tells_pages_and_bytes_a_page(own_pool: DecodingPool) -> None:
    probe = own_pool.probe(PDF)
    assert (probe.kind, probe.pages, probe.byte_count) == (FileKind.PDF, 20, len(PDF))
    assert probe.bytes_per_page == -(-len(PDF) // 20)
    assert own_pool.probe(files.workbook([["a"]])).sheets == ("申报表",)
    assert own_pool.probe(files.word("<w:p/>")).bytes_per_page is None


def test_nothing_and_too_much_are_not_handed_over() -> None:
    with DecodingPool(limits=Limits(document_bytes=1024 * 1024)) as pool:
        with pytest.raises(EmptyFileError):
            pool.probe(b"")
        with pytest.raises(FileTooLargeError) as refused:
            pool.probe(b"%PDF-" + bytes(1024 * 1024))
        assert "1 MB" in refused.value.sentence()
        assert pool.status().process_ids == ()


def test_a_child_out_of_memory_says_so_and_is_replaced() -> None:
    with DecodingPool(limits=Limits(memory_bytes=420 * 1024 * 1024)) as pool:
        if not pool.start() and not pool.status().memory_limited:
            pytest.skip("this system cannot bound memory")
        with pytest.raises((OverLimitError, DecoderCrashedError)):
            pool.probe(files.png_of_size(8000, 8000))
        assert pool.probe(PDF).pages == 20


LIES = {
    "more bytes than the picture has": "answer({'width': 10, 'height': 10}, b'x' * 401)",
    "fewer bytes than the picture has": "answer({'width': 10, 'height': 10}, b'x')",
    "a wider picture than asked for": "answer({'width': 51, 'height': 1}, b'x' * 204)",
    "a picture without height": "answer({'width': 10, 'height': 0}, b'')",
    "another type": "answer({'width': 'ten', 'height': 10}, b'')",
    "nothing": "answer(None, b'')",
    "bytes in memory that is not shared": "answer({'width': 1, 'height': 1}, b'', shared=2**40)",
    "a body without end": "os.write(1, struct.pack('>IQ', 4, 2**60))",
    "a head without end": "os.write(1, struct.pack('>IQ', 2**31, 0))",
    "no frame at all": "os.write(1, b'x' * 1000)",
    "half a frame": "os.write(1, b'x' * 5); sys.exit()",
    "its end": "sys.exit()",
}
LIAR = """
import os, struct, sys, msgspec
def read(count):
    data = b''
    while len(data) < count:
        data += os.read(0, count - len(data)) or sys.exit()
    return data
def answer(value, body, shared=0):
    head = msgspec.msgpack.encode({'value': value, 'shared_bytes': shared})
    os.write(1, struct.pack('>IQ', len(head), len(body)) + head + body)
while True:
    head, body = struct.unpack('>IQ', read(12))
    question = msgspec.msgpack.decode(read(head)); read(body)
    if question['do'] == 'configure':
        answer(dict.fromkeys(['memory_limited', 'network_isolated', 'files_isolated', 'privileges_dropped'], True), b'')
    elif question['do'] == 'open':
        answer({'kind': 'pdf', 'pages': 3}, b'')
    elif question['do'] == 'close':
        answer({}, b'')
    else:
        LIE
"""


@pytest.mark.parametrize("lie", LIES)
@pytest.mark.parametrize("share_pixels", [True, False])
def test_a_child_that_lies_is_ended_and_nothing_it_said_is_used(
    monkeypatch: pytest.MonkeyPatch, lie: str, share_pixels: bool
) -> None:
    program = LIAR.replace("LIE", LIES[lie])
    monkeypatch.setattr(child_module, "worker_command", lambda: [sys.executable, "-c", program])
    with DecodingPool(limits=Limits(page_seconds=5), share_pixels=share_pixels) as pool:
        document = pool.open(Source(), Sha256("a"))
        with pytest.raises(DecoderCrashedError):
            document.render(1, width=50)
        assert pool.status().crashes == 1
        assert pool.status().process_ids == ()


PARTINGS = {"its end": "sys.exit()", "silence": "__import__('signal').pause()", "a refusal": "answer('no', b'')"}


@pytest.mark.parametrize("parting", PARTINGS)
def test_a_child_that_fails_to_put_a_document_away_is_replaced_and_the_next_document_opens(
    monkeypatch: pytest.MonkeyPatch, parting: str
) -> None:
    program = LIAR.replace("answer({}, b'')", PARTINGS[parting], 1).replace("LIE", "pass")
    monkeypatch.setattr(child_module, "worker_command", lambda: [sys.executable, "-c", program])
    with DecodingPool(limits=Limits(page_seconds=0.5)) as pool:
        pool.open(Source(), Sha256("a")).close()
        assert pool.open(Source(), Sha256("b")).overview.pages == 3
        assert pool.status().crashes + pool.status().timeouts == 1
        assert pool.status().restarts == 1


def test_a_child_that_cannot_be_started_is_told_in_words(monkeypatch: pytest.MonkeyPatch) -> None:
    for command in (["/no/such/program"], [sys.executable, "-c", "pass"]):
        monkeypatch.setattr(child_module, "worker_command", lambda command=command: command)
        with DecodingPool() as pool, pytest.raises(DecoderUnavailableError) as failed:
            pool.probe(PDF)
        assert "/no/such" not in failed.value.sentence()


def test_the_frozen_program_starts_itself(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    assert child_module.worker_command() == [sys.executable, "--decode-worker"]


def test_closing_the_pool_ends_its_children() -> None:
    pool = DecodingPool()
    pool.start()
    (process_id,) = pool.status().process_ids
    threads = threading.active_count()
    pool.close()
    with pytest.raises(ProcessLookupError):
        os.kill(process_id, 0)
    assert threading.active_count() <= threads
    with pytest.raises(RuntimeError):
        pool.identify(PDF)
