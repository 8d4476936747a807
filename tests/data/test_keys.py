"""Where the key lies: keyring, passphrase or file; never silently, never in plain sight."""

import errno
import json
import os
import stat
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from keyring.backends.chainer import ChainerBackend
from keyring.backends.fail import Keyring as FailKeyring
from keyring.backends.null import Keyring as NullKeyring
from keyring.errors import KeyringLocked

from app.data.keyrings import SERVICE, SystemRing
from app.data.keys import KEY_FILE, KEY_JSON, KeyKind, KeyPlace
from app.data.opening import DATABASE, create_home, open_home
from app.services.ports import StoreFaultError
from tests.fixtures_store import CountedIds, SteppingClock

PASSPHRASE = "en lång lösenfras"  # noqa: S105 - of these tests alone


class DictRing:
    """A keyring in a dictionary."""

    def __init__(self) -> None:
        self.kept: dict[str, str] = {}

    def get(self, name: str) -> str | None:
        return self.kept.get(name)

    def set(self, name: str, value: str) -> None:
        self.kept[name] = value

    def delete(self, name: str) -> None:
        self.kept.pop(name, None)


@pytest.fixture
def ring() -> DictRing:
    return DictRing()


@pytest.fixture
def place(tmp_path: Path, ring: DictRing) -> KeyPlace:
    home = tmp_path / "a home"
    home.mkdir()
    return KeyPlace(home, ring)


def code_of(work: Callable[[], object]) -> str:
    with pytest.raises(StoreFaultError) as told:
        work()
    return told.value.code


def rewrite(place: KeyPlace, **changes: object) -> None:
    path = place.home / KEY_JSON
    path.write_text(json.dumps(json.loads(path.read_text()) | changes))


@pytest.mark.parametrize("kind", list(KeyKind))
def test_a_key_comes_back_from_where_it_was_put(place: KeyPlace, kind: KeyKind) -> None:
    assert not place.is_made()
    key = place.make(kind, PASSPHRASE)
    assert len(key) == 32
    assert place.is_made()
    again = KeyPlace(place.home, place.ring)
    assert again.kind() is kind
    assert again.load(PASSPHRASE) == key
    told = (place.home / KEY_JSON).read_text()
    assert key.hex() not in told
    assert PASSPHRASE not in told


def test_two_homes_share_no_key(tmp_path: Path, ring: DictRing) -> None:
    keys: set[bytes] = set()
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
        keys.add(KeyPlace(tmp_path / name, ring).make(KeyKind.KEYRING))
    assert len(keys) == len(ring.kept) == 2


def test_a_key_is_not_made_over_another(place: KeyPlace) -> None:
    key = place.make(KeyKind.FILE)
    assert code_of(lambda: place.make(KeyKind.FILE)) == "exists"
    (place.home / KEY_JSON).unlink()
    assert code_of(lambda: place.make(KeyKind.FILE)) == "exists"
    assert (place.home / KEY_FILE).read_text().strip() == key.hex()


@pytest.mark.parametrize("written", [0, 1])
def test_a_key_that_finds_no_room_leaves_nothing_behind(
    place: KeyPlace, monkeypatch: pytest.MonkeyPatch, written: int
) -> None:
    room = [True] * written
    to_disk = os.fsync

    def little_room(descriptor: int) -> None:
        if not room:
            raise OSError(errno.ENOSPC, "no room")
        room.pop()
        to_disk(descriptor)

    with monkeypatch.context() as patch:
        patch.setattr(os, "fsync", little_room)
        assert code_of(lambda: place.make(KeyKind.FILE)) == "disk_full"
    assert list(place.home.iterdir()) == []
    key = place.make(KeyKind.FILE)
    assert place.load() == key


def test_the_files_are_their_owners_alone(place: KeyPlace) -> None:
    place.make(KeyKind.FILE)
    for name in (KEY_FILE, KEY_JSON):
        assert stat.S_IMODE((place.home / name).stat().st_mode) == 0o600


@pytest.mark.parametrize("mode", [0o640, 0o604, 0o660, 0o601])
def test_a_key_file_that_others_may_open_is_refused(place: KeyPlace, mode: int) -> None:
    place.make(KeyKind.FILE)
    (place.home / KEY_FILE).chmod(mode)
    assert code_of(place.load) == "key_file_open_to_others"


def test_a_passphrase_is_asked_for_and_a_wrong_one_told(place: KeyPlace) -> None:
    assert code_of(lambda: place.make(KeyKind.PASSPHRASE)) == "passphrase_needed"
    assert code_of(lambda: place.make(KeyKind.PASSPHRASE, "1234567")) == "passphrase_short"
    assert not place.is_made()
    place.make(KeyKind.PASSPHRASE, PASSPHRASE)
    assert code_of(place.load) == "passphrase_needed"
    assert code_of(lambda: place.load("")) == "passphrase_needed"
    assert code_of(lambda: place.load("wrong one")) == "wrong_key"
    assert code_of(lambda: place.load("\ud800")) == "key_unreadable"


def test_a_passphrase_is_the_same_however_its_letters_are_composed(place: KeyPlace) -> None:
    key = place.make(KeyKind.PASSPHRASE, "fjällräven")
    assert place.load("fja\u0308llra\u0308ven") == key


def test_a_lost_or_changed_key_is_told(place: KeyPlace, ring: DictRing) -> None:
    assert code_of(place.load) == code_of(place.kind) == "missing"
    place.make(KeyKind.KEYRING)
    (name,) = ring.kept
    ring.kept[name] = "00" * 32
    assert code_of(place.load) == "wrong_key"
    ring.kept[name] = "not hexadecimal"
    assert code_of(place.load) == "key_unreadable"
    ring.kept.clear()
    assert code_of(place.load) == "key_missing"


def test_a_lost_key_file_is_told(place: KeyPlace) -> None:
    place.make(KeyKind.FILE)
    (place.home / KEY_FILE).unlink()
    assert code_of(place.load) == "key_missing"
    (place.home / KEY_FILE).mkdir()
    assert code_of(place.load) == "io"


@pytest.mark.parametrize(
    "changes",
    [
        {"kind": "telepathy"},
        {"kind": 4},
        {"home": None},
        {"check": []},
        {"salt": 7},
        {"salt": "xyz"},
        {"n": 2**40},
        {"n": 3},
        {"n": "131072"},
        {"n": True},
        {"r": 0},
        {"p": 99},
    ],
)
def test_a_changed_key_json_is_told_and_eats_no_memory(
    place: KeyPlace, changes: dict[str, object]
) -> None:
    place.make(KeyKind.PASSPHRASE, PASSPHRASE)
    rewrite(place, **changes)
    assert code_of(lambda: place.load(PASSPHRASE)) == "key_unreadable"


@pytest.mark.parametrize("raw", [b"", b"[]", b"{", b"\xff\xfe", b"[" * 100_000, b"null"])
def test_a_key_json_of_nonsense_is_told(place: KeyPlace, raw: bytes) -> None:
    (place.home / KEY_JSON).write_bytes(raw)
    assert code_of(place.load) == "key_unreadable"


def test_a_key_json_that_cannot_be_read_is_told(place: KeyPlace) -> None:
    (place.home / KEY_JSON).mkdir()
    assert code_of(place.load) == "io"


# ----------------------------------------------------------------------
# Homes
# ----------------------------------------------------------------------


@pytest.mark.parametrize("kind", list(KeyKind))
def test_a_home_keeps_its_secrets_where_its_key_lies(
    place: KeyPlace, ring: DictRing, kind: KeyKind
) -> None:
    clock, ids = SteppingClock(), CountedIds()
    with create_home(place, kind, clock, ids, PASSPHRASE) as store:
        assert store.vault.get("token") is None
        store.vault.set("token", "one")
        store.vault.set("token", "secret of mine")
    assert ("secret of mine" in ring.kept.values()) == (kind is KeyKind.KEYRING)
    with open_home(place, clock, ids, PASSPHRASE) as store:
        assert store.vault.get("token") == "secret of mine"
        store.vault.delete("token")
        store.vault.delete("token")
        assert store.vault.get("token") is None
    everything = b"".join(path.read_bytes() for path in place.home.rglob("*") if path.is_file())
    assert b"secret of mine" not in everything


def test_a_home_is_its_owners_alone_and_made_once(tmp_path: Path, ring: DictRing) -> None:
    place = KeyPlace(tmp_path / "new" / "home", ring)
    clock, ids = SteppingClock(), CountedIds()
    create_home(place, KeyKind.FILE, clock, ids).close()
    assert stat.S_IMODE(place.home.stat().st_mode) == 0o700
    assert code_of(lambda: create_home(place, KeyKind.FILE, clock, ids)) == "exists"


def test_a_home_whose_making_was_cut_off_is_finished_with_its_key(place: KeyPlace) -> None:
    key = place.make(KeyKind.FILE)
    (place.home / f"{DATABASE}.making").write_bytes(b"half a database")
    clock, ids = SteppingClock(), CountedIds()
    create_home(place, KeyKind.FILE, clock, ids).close()
    assert place.load() == key
    open_home(place, clock, ids).close()


def test_a_home_without_a_database_is_told(place: KeyPlace) -> None:
    place.make(KeyKind.FILE)
    assert code_of(lambda: open_home(place, SteppingClock(), CountedIds())) == "missing"


def test_a_home_that_cannot_be_made_is_told(tmp_path: Path, ring: DictRing) -> None:
    (tmp_path / "file").write_text("")
    place = KeyPlace(tmp_path / "file" / "home", ring)
    told = code_of(lambda: create_home(place, KeyKind.FILE, SteppingClock(), CountedIds()))
    assert told == "io"


# ----------------------------------------------------------------------
# The system's keyring
# ----------------------------------------------------------------------


def backend(module: str, **methods: Any) -> Any:  # noqa: ANN401 - keyring's own classes have no types
    """A keyring backend that says it is from a module."""
    return type("Keyring", (), {"__module__": module, **methods})()


def test_the_systems_keyring_keeps_the_key(secret_service: str, tmp_path: Path) -> None:
    assert secret_service
    place = KeyPlace(tmp_path)
    key = place.make(KeyKind.KEYRING)
    assert KeyPlace(tmp_path).load() == key
    ring = SystemRing()
    name = place.secret_name("key")
    assert ring.get(name) == key.hex()
    ring.delete(name)
    ring.delete(name)
    assert ring.get(name) is None
    assert code_of(place.load) == "key_missing"


@pytest.mark.parametrize(
    "choose",
    [
        FailKeyring,
        NullKeyring,
        lambda: backend("keyrings.alt.file"),
        lambda: backend("somebody.elses"),
    ],
)
def test_a_keyring_that_does_not_encrypt_is_refused(
    choose: Callable[[], Any], tmp_path: Path
) -> None:
    ring = SystemRing(choose=choose)
    assert code_of(lambda: ring.set("a", "b")) == "no_keyring"
    assert code_of(lambda: KeyPlace(tmp_path, ring).make(KeyKind.KEYRING)) == "no_keyring"
    assert list(tmp_path.iterdir()) == []


def test_without_any_keyring_the_system_says_so() -> None:
    assert code_of(lambda: SystemRing().get("a")) == "no_keyring"


def test_only_the_encrypting_one_of_several_keyrings_is_used() -> None:
    asked: list[tuple[str, str]] = []

    def get_password(_self: object, service: str, name: str) -> str:
        asked.append((service, name))
        return "found"

    good = backend("keyring.backends.SecretService", get_password=get_password)

    class Chain(ChainerBackend):
        backends = (backend("keyrings.alt.file"), good)  # pyright: ignore[reportAssignmentType] - keyring computes it

    assert SystemRing(choose=Chain).get("a") == "found"
    assert asked == [(SERVICE, "a")]


@pytest.mark.parametrize(
    ("error", "code"),
    [
        (KeyringLocked("locked"), "keyring_locked"),
        (RuntimeError("no bus"), "no_keyring"),
        (ConnectionRefusedError(), "no_keyring"),
    ],
)
def test_what_a_keyring_says_is_told(error: Exception, code: str) -> None:
    def get_password(*_: object) -> str:
        raise error

    ring = SystemRing(
        choose=lambda: backend("keyring.backends.SecretService", get_password=get_password)
    )
    assert code_of(lambda: ring.get("a")) == code


def test_a_bug_in_a_keyring_is_not_taken_for_a_locked_one() -> None:
    def get_password(*_: object) -> str:
        raise KeyError("a bug")

    ring = SystemRing(
        choose=lambda: backend("keyring.backends.SecretService", get_password=get_password)
    )
    with pytest.raises(KeyError):
        ring.get("a")


@pytest.fixture
def answer() -> Iterator[threading.Event]:
    """Set when the keyring may answer: at the end, so that its thread ends with the test."""
    event = threading.Event()
    yield event
    event.set()


def test_a_locked_keyring_does_not_hold_the_caller_for_ever(answer: threading.Event) -> None:
    def get_password(*_: object) -> str:
        answer.wait()
        return "late"

    ring = SystemRing(
        limit_seconds=0.01,
        choose=lambda: backend("keyring.backends.SecretService", get_password=get_password),
    )
    assert code_of(lambda: ring.get("a")) == "keyring_timeout"


def test_a_key_file_of_another_user_is_refused_or_unreadable(place: KeyPlace) -> None:
    place.make(KeyKind.FILE)
    if os.geteuid() == 0:
        os.chown(place.home / KEY_FILE, 65534, 65534)
        assert code_of(place.load) == "key_file_open_to_others"


def test_a_key_without_a_folder_to_lie_in_is_told(tmp_path: Path) -> None:
    place = KeyPlace(tmp_path / "nowhere")
    assert code_of(lambda: place.make(KeyKind.FILE)) == "io"
