"""A package of the story, opened and checked with age, unzip and openssl alone; no program of ours, no Python."""

import shutil
import subprocess
from pathlib import Path

import pytest

from app.crypto import sealing
from app.crypto.recovery_file import RecoverySecrets, open_recovery_file
from tests.support import journeys
from tests.support.journey_fixtures import FIRST, SECOND
from tests.support.journeys import ROOT, Campaign

SCRIPT = ROOT / "tests" / "independent" / "verify-package.sh"
pytestmark = [
    pytest.mark.skipif(shutil.which(tool) is None, reason=f"needs {tool}") for tool in ("sh", "age", "unzip", "openssl")
]


def check(package: Path, identity: Path, trust: Path) -> tuple[int, str]:
    done = subprocess.run(
        ["sh", str(SCRIPT), str(package), str(identity), str(trust)], capture_output=True, text=True, check=False
    )
    return done.returncode, (done.stdout + done.stderr).strip()


def recovered(campaign: Campaign, folder: Path) -> tuple[RecoverySecrets, Path]:
    """What the safe holds, and its identity as a file for ``age``."""
    secrets = open_recovery_file((campaign.folder / journeys.RECOVERY).read_bytes(), journeys.PASSPHRASE)
    identity = folder / "recovery identity"
    identity.write_text(secrets.identity.secret + "\n")
    return secrets, identity


def test_packages_of_the_story_verify_without_us(revised: Campaign, tmp_path: Path) -> None:
    secrets, identity = recovered(revised, tmp_path)
    revised.take_in(revised.folder / FIRST)
    exported = revised.record_run("export", "--out", tmp_path / "export")
    assert exported.status == 0, exported.errors
    trust = tmp_path / "export" / "trust" / "ca+crls.pem"
    for name in (FIRST, SECOND):
        status, words = check(revised.folder / name, identity, trust)
        assert (status, words.startswith("verified: ")) == (0, True), words
        assert "E0001" in words
    assert check(revised.folder / journeys.INVITATION, identity, trust)[0] == 0

    inner = sealing.unseal((revised.folder / FIRST).read_bytes(), [secrets.identity])
    for place in (inner.index(b'"percent":75') + len(b'"percent":'), inner.index(b"%PDF-") + 400, len(inner) // 2):
        altered = inner[:place] + bytes([inner[place] ^ 1]) + inner[place + 1 :]
        file = tmp_path / "altered.youpin"
        file.write_bytes(sealing.seal(altered, [secrets.identity.recipient]))
        status, words = check(file, identity, trust)
        assert (status, words.split(":")[0]) == (1, "refused")


def test_originals_of_an_export_verify_and_a_revoked_signer_does_not(signed: Campaign, tmp_path: Path) -> None:
    _secrets, identity = recovered(signed, tmp_path)
    signed.take_in(signed.folder / FIRST)
    signed.record_run("export", "--out", tmp_path / "before")
    originals = sorted((tmp_path / "before").rglob("*.asice"))
    assert originals
    trust = tmp_path / "before" / "trust" / "ca+crls.pem"
    reviews = [path for path in originals if check(path, identity, trust)[0] == 0]
    assert reviews
    assert signed.record_run("revoke", "--device", "E0001-D1", "--reason", "丢失").status == 0
    signed.record_run("export", "--out", tmp_path / "after")
    now = tmp_path / "after" / "trust" / "ca+crls.pem"
    assert check(signed.folder / FIRST, identity, trust)[0] == 0
    assert check(signed.folder / FIRST, identity, now) == (1, "refused: the signature does not verify")


def test_safe_alone_opens_what_was_sent_to_a_lost_record(signed: Campaign, tmp_path: Path) -> None:
    """The import identity burnt with the record: the recovery file and ``age`` are enough."""
    signed.record.unlink()
    _secrets, identity = recovered(signed, tmp_path)
    out = tmp_path / "inner.asice"
    done = subprocess.run(
        ["age", "-d", "-i", str(identity), "-o", str(out), str(signed.folder / FIRST)], capture_output=True, check=False
    )
    assert done.returncode == 0, done.stderr
    listed = subprocess.run(["unzip", "-Z1", str(out)], capture_output=True, text=True, check=False)
    assert "mimetype" in listed.stdout.split()
