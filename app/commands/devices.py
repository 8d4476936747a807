"""``devices``: what is connected, what it says, the profiles, and the check of a profile."""

import argparse
from collections.abc import Callable, Sequence
from dataclasses import asdict
from pathlib import Path

from app import devices
from app.commands import devices_live
from app.commands.console import CommandFailedError, answer, parser_of, speak, words_of
from app.commands.devices_listening import add_devices
from app.commands.holding import device_reason
from app.commands.homes import settings_here
from app.commands.misses import miss_document, say_miss


def run(words: Sequence[str]) -> int:
    """List, or check."""
    parser = parser_of("devices")
    actions = parser.add_subparsers(dest="action", required=True)
    check = actions.add_parser("check-profile")
    check.add_argument("file", type=Path, metavar="FILE")
    live: dict[str, Callable[[argparse.Namespace], int]] = {
        "watch": devices_live.watch,
        "test": devices_live.test,
        "capture": devices_live.capture,
    }
    for name in live:
        add_devices(made := actions.add_parser(name))
        if name == "capture":
            made.add_argument("file", type=Path, metavar="FILE")
    for action in (actions.add_parser("list"), actions.add_parser("profiles"), check):
        action.add_argument("--json", action="store_true", default=argparse.SUPPRESS)
    args = parser.parse_args(words)
    if args.action in live:
        return live[args.action](args)
    match args.action:
        case "list":
            return _list(args)
        case "profiles":
            return _profiles(args)
        case _:
            return _check(args)


def _list(args: argparse.Namespace) -> int:
    try:
        rows = devices.list_devices()
    except devices.WireError as error:
        raise CommandFailedError("cli.hid_fault", detail=error.detail) from error
    lines = [f"{row.path}  {_described(row)}" for row in rows]
    answer([asdict(row) for row in rows], as_json=args.json, text="\n".join(lines))
    return 0


def _described(row: devices.DeviceRow) -> str:
    """What a device is, what to call it in the settings, and the mode that it is in."""
    words = [row.description, row.address if row.address != row.path else ""]
    if row.mode is not None:
        words.append(words_of().say(f"device.mode.{row.mode.value}"))
    return "  ".join(each for each in words if each)


def _profiles(args: argparse.Namespace) -> int:
    rows = devices.list_profiles(settings_here().home)
    documents = [
        {
            "name": row.name,
            "role": row.role.value if row.role is not None else None,
            "shipped": row.shipped,
            "path": str(row.path),
            "fault": device_reason(row.fault) if row.fault is not None else None,
        }
        for row in rows
    ]
    lines = [f"{row['name']}  {row['role'] or row['fault']}" for row in documents]
    answer(documents, as_json=args.json, text="\n".join(lines))
    return 0


def _check(args: argparse.Namespace) -> int:
    try:
        profile = devices.read_profile(args.file)
    except devices.ProfileError as error:
        raise CommandFailedError("cli.said", text=device_reason(error)) from error
    misses = devices.check_profile(profile)
    document = {
        "name": profile.name,
        "samples": len(profile.samples),
        "misses": [miss_document(one) for one in misses],
    }
    key = "cli.profile_bad" if misses else "cli.profile_good"
    count = len(misses) if misses else len(profile.samples)
    said = words_of().say(key, name=profile.name, count=count)
    if misses:
        speak(said)
    lines = [] if misses else [said]
    texts = words_of()
    lines += [f"  {args.file}:{one.line}: {one.raw!r}: {say_miss(texts, one)}" for one in misses]
    answer(document, as_json=args.json, text="\n".join(lines))
    return 1 if misses else 0
