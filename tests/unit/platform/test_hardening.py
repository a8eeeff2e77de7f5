import subprocess
import sys

CODE = """
import sys
from app.platform.hardening import harden_process
done = harden_process()
if sys.platform != "win32":
    import resource
    assert resource.getrlimit(resource.RLIMIT_CORE) == (0, 0)
if sys.platform == "linux":
    import ctypes
    assert ctypes.CDLL(None).prctl(3, 0, 0, 0, 0) == 0  # PR_GET_DUMPABLE
    assert done.no_inspection
print(done.no_core_dump, bool(done.reason) is not done.no_inspection)
"""


def test_the_process_leaves_no_image_and_says_what_it_could_not_do() -> None:
    done = subprocess.run([sys.executable, "-c", CODE], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["True", "True"]
