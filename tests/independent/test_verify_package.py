"""Packages can be opened and checked without us: a shell script with age, unzip and openssl (trust test 8)."""

import os
import shutil
import subprocess
from datetime import timedelta
from pathlib import Path

import pytest

from app.crypto import sealing
from app.packages import container
from app.packages.writer import PackageFile
from tests.support import pki
from tests.support.figures import show
from tests.support.pki import ISSUED_AT, READ_AT, World
from tests.support.raw_container import Parts, zipped

SCRIPT = Path(__file__).with_name("verify-package.sh")
FULL = os.environ.get("YOUPIN_FULL") == "1"
pytestmark = [
    pytest.mark.skipif(shutil.which(tool) is None, reason=f"needs {tool}") for tool in ("sh", "age", "unzip", "openssl")
]


@pytest.fixture
def world() -> World:
    return pki.shared_world()


class Check:
    """Runs the script in one folder."""

    def __init__(self, folder: Path, world: World) -> None:
        self._folder = folder
        (folder / "import key").write_text(world.importing.secret + "\n")
        (folder / "ca+crls.pem").write_bytes(world.trust.to_pem())

    def __call__(self, package: bytes, *, trust: bytes | None = None, at: int | None = None) -> tuple[int, str]:
        (self._folder / "评审 包.youpin").write_bytes(package)
        if trust is not None:
            (self._folder / "ca+crls.pem").write_bytes(trust)
        moment = int(READ_AT.timestamp()) if at is None else at
        command = ["sh", str(SCRIPT), "评审 包.youpin", "import key", "ca+crls.pem", str(moment)]
        done = subprocess.run(command, cwd=self._folder, capture_output=True, text=True, check=False)
        return done.returncode, (done.stdout + done.stderr).strip()


@pytest.fixture
def check(tmp_path: Path, world: World) -> Check:
    return Check(tmp_path, world)


def parts_of(world: World) -> Parts:
    _data, written = pki.review_package(world)
    return [*written.skeleton.parts(), *((file.path, file.source().read()) for file in pki.REVIEW_FILES)]


def test_good_packages_are_verified_by_tools_that_do_not_know_us(check: Check, world: World) -> None:
    count = 200 if FULL else 5
    for number in range(count):
        files = [
            PackageFile.from_bytes(f"d/{n}", "application/pdf", data=os.urandom(n * 700)) for n in range(number % 7)
        ]
        data, _written = pki.review_package(world, files=(*pki.REVIEW_FILES, *files))
        status, words = check(data)
        assert status == 0, words
        assert words.startswith(f"verified: {len(files) + len(pki.REVIEW_FILES) + 1} files")
        assert "E0001" in words
    show(f"independent check: {count} of {count} good packages verified")


def test_invitation_is_verified_by_the_trust_it_carries(check: Check, world: World) -> None:
    data, _written = pki.invitation_package(world)
    assert check(data)[0] == 0


def test_one_changed_byte_anywhere_inside_is_refused(check: Check, world: World) -> None:
    data, _written = pki.review_package(world)
    inner = sealing.unseal(data, [world.importing])
    contents = [inner.index(file.source().read()) + 3 for file in pki.REVIEW_FILES]
    places = [*contents, inner.index(b"<ds:DigestValue>") + 20, inner.index(b'"schema"') + 3]
    for place in places:
        altered = inner[:place] + bytes([inner[place] ^ 1]) + inner[place + 1 :]
        assert check(sealing.seal(altered, [world.importing.recipient]))[0] == 1


def test_changed_content_with_a_right_checksum_is_refused(check: Check, world: World) -> None:
    parts = parts_of(world)
    parts[-1] = (parts[-1][0], parts[-1][1].replace(b"75", b"95"))
    status, words = check(zipped(parts))
    assert (status, words) == (1, f"refused: changed after signing: {parts[-1][0]}")


def test_unlisted_and_missing_files_are_refused(check: Check, world: World) -> None:
    parts = parts_of(world)
    assert check(zipped([*parts, ("zzz", b"x")])) == (1, "refused: a file in it is not signed")
    assert check(zipped(parts[:-1]))[1].startswith("refused: a listed file is missing")
    twice = zipped([*parts, parts[-1]])
    assert check(twice) == (1, "refused: a name occurs twice")
    assert check(zipped([part for part in parts if part[0] != container.SIGNATURE_NAME]))[0] == 1


def test_revoked_expired_unknown_and_unlisted_signers_are_refused(check: Check, world: World) -> None:
    data, _written = pki.review_package(world)
    revoked = world.revoking(world.expert.signer.certificate, at=ISSUED_AT + timedelta(days=1))
    late = int((ISSUED_AT + timedelta(days=500)).timestamp())
    verdict = (1, "refused: the signature does not verify")
    assert check(data, trust=revoked.trust.to_pem()) == verdict
    assert check(data, trust=pki.new_world().trust.to_pem()) == verdict
    assert check(data, trust=world.trust.to_pem(), at=late) == verdict
    without_lists = world.trust.to_pem().split(b"-----BEGIN X509 CRL")[0]
    assert check(data, trust=without_lists) == verdict
    assert check(data, trust=world.trust.to_pem())[0] == 0


def test_somebody_elses_package_and_rubbish_are_refused(check: Check, world: World) -> None:
    data, _written = pki.assignment_package(world)
    assert check(data) == (1, "refused: it cannot be opened with this identity")
    assert check(b"hello") == (1, "refused: no container")
    assert check(b"") == (1, "refused: no container")
