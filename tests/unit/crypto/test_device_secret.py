"""Keyrings that misbehave, and one real one."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import keyring.errors
import pytest
from keyring.backends import null

from app.crypto.device_secret import (
    TRUSTED_KEYRINGS,
    DeviceSecretStore,
    KeyringForgetsError,
    KeyringRefusedError,
    NoTrustedKeyringError,
    find_device_secret_store,
)

VAULT = bytes(range(16))


class FakeKeyring:
    """Keeps what it is told, in memory."""

    def __init__(self) -> None:
        self.kept: dict[tuple[str, str], str] = {}

    def get_password(self, service: str, username: str) -> str | None:
        return self.kept.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        self.kept[service, username] = password

    def delete_password(self, service: str, username: str) -> None:
        del self.kept[service, username]


class ForgetfulKeyring(FakeKeyring):
    def set_password(self, service: str, username: str, password: str) -> None:
        return


class AlteringKeyring(FakeKeyring):
    def set_password(self, service: str, username: str, password: str) -> None:
        super().set_password(service, username, password.swapcase())


class LockedKeyring(FakeKeyring):
    def get_password(self, service: str, username: str) -> str | None:
        raise keyring.errors.KeyringLocked

    def set_password(self, service: str, username: str, password: str) -> None:
        raise keyring.errors.PasswordSetError


def store_on(backend: FakeKeyring) -> DeviceSecretStore:
    return DeviceSecretStore(backend, name="made-up keyring", failures=(keyring.errors.KeyringError,))


def test_a_secret_is_kept_per_vault_and_found_again() -> None:
    backend = FakeKeyring()
    secret = store_on(backend).create(VAULT)
    assert len(secret.value) == 32
    assert secret.backend == "made-up keyring"
    assert store_on(backend).load(VAULT) == secret
    assert store_on(backend).load(bytes(16)) is None
    store_on(backend).remove(VAULT)
    store_on(backend).remove(VAULT)
    assert backend.kept == {}


def test_what_is_stored_is_short_plain_text() -> None:
    backend = FakeKeyring()
    store_on(backend).create(VAULT)
    (text,) = backend.kept.values()
    assert len(text) == 44
    assert text.isascii()


@pytest.mark.parametrize("backend", [ForgetfulKeyring(), AlteringKeyring()])
def test_a_keyring_that_does_not_keep_the_secret_is_found_by_reading_back(backend: FakeKeyring) -> None:
    with pytest.raises(KeyringForgetsError) as problem:
        store_on(backend).create(VAULT)
    assert problem.value.facts == {"backend": "made-up keyring"}


def test_the_null_keyring_of_the_library_would_be_found_too() -> None:
    with pytest.raises(KeyringForgetsError):
        DeviceSecretStore(null.Keyring(), name="null", failures=()).create(VAULT)


def test_a_locked_keyring_says_so() -> None:
    for act in (store_on(LockedKeyring()).create, store_on(LockedKeyring()).load, store_on(LockedKeyring()).remove):
        with pytest.raises(KeyringRefusedError):
            act(VAULT)


@pytest.mark.parametrize("text", ["", "示例", "{}", "AAAA", "A" * 3000, "!" * 44])
def test_a_value_that_is_not_ours_counts_as_none(text: str) -> None:
    backend = FakeKeyring()
    store_on(backend).create(VAULT)
    backend.kept = dict.fromkeys(backend.kept, text)
    assert store_on(backend).load(VAULT) is None


def test_only_four_keyrings_are_trusted_and_none_of_them_is_plain() -> None:
    assert [(trusted.module, trusted.class_name) for trusted in TRUSTED_KEYRINGS] == [
        ("keyring.backends.Windows", "WinVaultKeyring"),
        ("keyring.backends.macOS", "Keyring"),
        ("keyring.backends.SecretService", "Keyring"),
        ("keyring.backends.kwallet", "DBusKeyring"),
    ]


@pytest.mark.skipif(sys.platform != "linux", reason="Windows and macOS always have a keyring")
@pytest.mark.parametrize("backend", ["keyring.backends.null.Keyring", "keyrings.alt.file.PlaintextKeyring", None])
def test_no_environment_variable_brings_in_another_keyring(
    backend: str | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nowhere")
    if backend:
        monkeypatch.setenv("PYTHON_KEYRING_BACKEND", backend)
    with pytest.raises(NoTrustedKeyringError):
        find_device_secret_store()


def test_the_keyring_library_is_not_loaded_until_it_is_needed() -> None:
    code = "import sys, app.crypto.device_secret, app.crypto.vault; sys.exit('keyring' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


SESSION = """
import json, subprocess, sys
from app.crypto.device_secret import KeyringRefusedError, find_device_secret_store

if sys.argv[1] == "unlocked":
    subprocess.run(
        ["gnome-keyring-daemon", "--daemonize", "--unlock", "--components=secrets"],
        input=b"made up", stdout=subprocess.DEVNULL, check=True,
    )
store = find_device_secret_store()
try:
    before = store.load(bytes(16))
    secret = before or store.create(bytes(16))
    told = {"backend": store.backend_name, "found": before is not None, "kept": store.load(bytes(16)) == secret}
    told["value"] = secret.value.hex()
    if before:
        store.remove(bytes(16))
        told["removed"] = store.load(bytes(16)) is None
except KeyringRefusedError as problem:
    told = {"refused": problem.code}
print(json.dumps(told))
"""


def in_a_session(state: str, home: Path) -> dict[str, object]:
    run = home / "run"
    run.mkdir(mode=0o700, parents=True, exist_ok=True)
    places = {"HOME": home, "XDG_RUNTIME_DIR": run, "XDG_DATA_HOME": home / "share", "XDG_CACHE_HOME": home / "cache"}
    done = subprocess.run(
        ["dbus-run-session", "--", sys.executable, "-c", SESSION, state],
        env=os.environ | {name: str(place) for name, place in places.items()},
        capture_output=True,
        text=True,
        timeout=60,
        check=True,
    )
    answer: dict[str, object] = json.loads(done.stdout.splitlines()[-1])
    return answer


@pytest.fixture
def keyring_home(short_folder: Path) -> Path:
    for tool in ("dbus-run-session", "gnome-keyring-daemon"):
        if shutil.which(tool) is None:
            pytest.skip(f"{tool} is not installed")
    return short_folder


def test_a_real_secret_service_keeps_the_secret_from_one_session_to_the_next(keyring_home: Path) -> None:
    first, second = in_a_session("unlocked", keyring_home), in_a_session("unlocked", keyring_home)
    assert first["backend"] == "Secret Service"
    assert (first["found"], first["kept"]) == (False, True)
    assert (second["found"], second["removed"]) == (True, True)
    assert first["value"] == second["value"]
    stored = b"".join(path.read_bytes() for path in (keyring_home / "share").rglob("*") if path.is_file())
    assert bytes.fromhex(str(first["value"])) not in stored
    assert str(first["value"]).encode() not in stored


def test_a_real_secret_service_that_stays_locked_is_told_in_words(keyring_home: Path) -> None:
    in_a_session("unlocked", keyring_home)
    assert in_a_session("locked", keyring_home) == {"refused": "keyring_refused"}
