"""Large documents in pieces: the child asks for what it needs and draws the same as from the whole."""

import sys
from collections.abc import Iterator

import pytest

from app.decoding import child as child_module
from app.decoding.errors import DecoderCrashedError, FileTooLargeError
from app.decoding.kinds import FileKind
from app.decoding.limits import Limits
from app.decoding.pieces import PIECE_BYTES, Pieces, piece_count
from app.decoding.pool import DecodingPool
from app.domain.ids import Sha256
from app.errors import UserFacingError
from tests.support import stranger_files as files
from tests.unit.decoding.test_pool import LIAR

PAGES = 8
SCAN = files.scanned_pdf(PAGES)
PHOTO = files.noise(3 * PIECE_BYTES, seed=1)


class Shelf:
    """Gives a document in pieces and notes which were asked for."""

    def __init__(self, data: bytes) -> None:
        self.data = data
        self.given: list[int] = []
        self.problem: Exception | None = None

    def __call__(self) -> Pieces:
        size = len(self.data)
        return Pieces(size, self.read(0), self.read(piece_count(size) - 1), self.read)

    def read(self, number: int) -> bytes:
        if self.problem is not None:
            raise self.problem
        self.given.append(number)
        return self.data[number * PIECE_BYTES : (number + 1) * PIECE_BYTES]


class GoneError(UserFacingError):
    code = "gone"
    message = "It is gone."


@pytest.fixture
def own_pool() -> Iterator[DecodingPool]:
    with DecodingPool() as pool:
        yield pool


def test_the_first_page_needs_the_ends_of_a_large_document_and_no_piece_is_asked_for_twice(
    pool: DecodingPool,
) -> None:
    shelf = Shelf(SCAN)
    with pool.open(shelf, Sha256("scan")) as document:
        document.render(1, width=200)
        assert shelf.given == [0, piece_count(len(SCAN)) - 1]
        for _time in range(2):
            for page in range(1, PAGES + 1):
                document.render(page, width=200)
    assert sorted(shelf.given) == list(range(piece_count(len(SCAN))))


def _without_its_table(data: bytes) -> bytes:
    return data.replace(b"startxref", b"startxxxx")


@pytest.mark.parametrize(
    "data", [SCAN, _without_its_table(SCAN), b"2026-0001" + SCAN, SCAN[:1_000_000] + SCAN[1_100_000:]]
)
def test_every_page_and_word_is_the_same_as_from_the_whole(pool: DecodingPool, data: bytes) -> None:
    whole = pool.open(lambda: data, Sha256("whole"))
    with whole, pool.open(Shelf(data), Sha256("pieces")) as document:
        assert document.overview == whole.overview
        assert document.page_sizes() == whole.page_sizes()
        for page in range(1, document.overview.pages + 1):
            assert document.render(page, width=150) == whole.render(page, width=150)
            assert document.words(page) == whole.words(page)


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (PHOTO, FileKind.PNG),
        (files.archive({"a": SCAN}, method=0), None),
        (b"x" * 2 * PIECE_BYTES, None),
    ],
)
def test_what_is_no_pdf_is_asked_for_as_a_whole_and_gets_its_usual_verdict(
    pool: DecodingPool, data: bytes, kind: FileKind | None
) -> None:
    def verdict(source: object) -> object:
        try:
            with pool.open(source, Sha256("any")) as document:  # type: ignore[arg-type]
                return document.kind, document.render(1, width=80)
        except UserFacingError as error:
            return error.sentence()

    told = verdict(Shelf(data))
    assert told == verdict(lambda: data)
    assert isinstance(told, str) if kind is None else told[0] is kind  # type: ignore[index]


def test_after_the_child_was_replaced_the_pieces_come_again(own_pool: DecodingPool) -> None:
    shelf = Shelf(SCAN)
    document = own_pool.open(shelf, Sha256("scan"))
    before = document.render(1, width=100)
    own_pool._seats[0]._retire()
    assert document.render(1, width=100) == before
    assert shelf.given[: len(shelf.given) // 2] == shelf.given[len(shelf.given) // 2 :]


def test_pieces_and_wholes_through_the_pipe_are_those_through_shared_memory(pool: DecodingPool) -> None:
    large = SCAN + bytes(4 * PIECE_BYTES)  # as a whole it is more than the shared memory for documents
    sources = [Shelf(SCAN), lambda: SCAN, lambda: large]
    with DecodingPool(share_pixels=False) as by_pipe:
        for source in sources:
            with pool.open(source, Sha256("a")) as one, by_pipe.open(source, Sha256("a")) as other:
                assert one.render(5, width=100) == other.render(5, width=100)


def test_a_piece_that_cannot_be_had_is_told_as_it_is_and_the_page_is_not_shown(own_pool: DecodingPool) -> None:
    shelf = Shelf(SCAN)
    document = own_pool.open(shelf, Sha256("scan"))
    document.render(1, width=100)
    shelf.problem = GoneError()
    for _time in range(2):
        with pytest.raises(GoneError):
            document.render(4, width=100)
    shelf.problem = None
    assert document.render(4, width=100).width == 100
    assert (own_pool.status().crashes, own_pool.status().timeouts) == (0, 0)


def test_the_bound_on_bytes_holds_for_pieces(own_pool: DecodingPool) -> None:
    with DecodingPool(limits=Limits(document_bytes=PIECE_BYTES)) as pool, pytest.raises(FileTooLargeError):
        pool.open(Shelf(SCAN), Sha256("scan"))


def test_one_piece_is_a_whole() -> None:
    with pytest.raises(ValueError, match="handed over whole"):
        Pieces(PIECE_BYTES, bytes(PIECE_BYTES), b"", lambda _number: b"")
    for head, tail in ((b"", b"x"), (bytes(PIECE_BYTES), b""), (bytes(PIECE_BYTES), b"xx")):
        with pytest.raises(ValueError, match="do not fit"):
            Pieces(PIECE_BYTES + 1, head, tail, lambda _number: b"")


GREEDY = """
def want(number):
    head = msgspec.msgpack.encode({'wants': number})
    os.write(1, struct.pack('>IQ', len(head), 0) + head)
    head, body = struct.unpack('>IQ', read(12))
    read(head); read(body)
"""
DEMANDS = {
    "a piece twice": "want(1); want(1)",
    "the first piece, which it has": "want(0)",
    "the last piece, which it has": "want(3)",
    "a piece after the last": "want(99)",
    "a piece before the first": "want(-1)",
}


@pytest.mark.parametrize("demand", DEMANDS)
def test_a_child_that_asks_for_pieces_it_cannot_need_is_ended(monkeypatch: pytest.MonkeyPatch, demand: str) -> None:
    program = LIAR.replace("while True:", GREEDY + "while True:", 1).replace("LIE", DEMANDS[demand])
    assert "want(" in program
    shelf = Shelf(SCAN)
    monkeypatch.setattr(child_module, "worker_command", lambda: [sys.executable, "-c", program])
    with DecodingPool(limits=Limits(page_seconds=5)) as pool:
        document = pool.open(shelf, Sha256("a"))
        with pytest.raises(DecoderCrashedError):
            document.render(1, width=50)
        assert pool.status().crashes == 1
    assert set(shelf.given) <= {0, 1, piece_count(len(SCAN)) - 1}


def test_a_child_that_has_the_whole_gets_no_pieces(monkeypatch: pytest.MonkeyPatch) -> None:
    program = LIAR.replace("while True:", GREEDY + "while True:", 1).replace("LIE", "want(1)")
    monkeypatch.setattr(child_module, "worker_command", lambda: [sys.executable, "-c", program])
    with DecodingPool(limits=Limits(page_seconds=5)) as pool:
        document = pool.open(lambda: SCAN, Sha256("a"))
        with pytest.raises(DecoderCrashedError):
            document.render(1, width=50)
