"""The frozen program answers the argument with which it starts itself as the decoding child."""

from app.decoding.child import WORKER_ARGUMENT
from tests.support.sources import ROOT, sources


def test_the_run_time_hook_and_the_parent_agree_on_the_argument() -> None:
    (hook,) = (one for one in sources("app") if one.path == "app/decoding/frozen.py")
    assert f'sys.argv[1:2] == ["{WORKER_ARGUMENT}"]' in hook.text


def test_the_build_names_the_hook() -> None:
    assert '"app/decoding/frozen.py"' in (ROOT / "build.spec").read_text(encoding="utf-8")
