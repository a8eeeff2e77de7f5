import pytest

from app.domain.evidence import Anchor, AnchorInvalidError
from app.domain.ids import Sha256

HASH = Sha256("0123456789abcdef" * 4)


def test_only_the_document_is_always_named() -> None:
    whole = Anchor(HASH)
    assert (whole.page, whole.box, whole.chars) == (None, None, None)
    Anchor(HASH, page=1, box=(0, 0, 0, 0), words="示例")
    Anchor(HASH, sheet="表一", range="A1:B2")
    Anchor(HASH, chars=(0, 0))


@pytest.mark.parametrize(
    ("facts", "field"),
    [
        ({"document": "0" * 63}, "document"),
        ({"document": "G" * 64}, "document"),
        ({"document": "A" * 64}, "document"),
        ({"page": 0}, "page"),
        ({"box": (2, 0, 1, 5)}, "box"),
        ({"box": (0, 5, 1, 2)}, "box"),
        ({"chars": (3, 2)}, "chars"),
        ({"chars": (-1, 2)}, "chars"),
    ],
)
def test_a_place_that_cannot_exist_is_refused(facts: dict[str, object], field: str) -> None:
    with pytest.raises(AnchorInvalidError) as caught:
        Anchor(**({"document": HASH} | facts))  # type: ignore[arg-type]
    assert field in caught.value.sentence()
