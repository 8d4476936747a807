"""Runs the device contract inside a real Linux kernel: the third tier.

    python -m tests.kernel                  the suites, if the device code changed
    REPAIR_BENCH_KERNEL=1 python -m tests.kernel    in any case; 0 never
    python -m tests.kernel TESTS...         these tests, with any of pytest's options

Exit code 0 passed, 1 failed, 77 skipped: the reason is printed. Where it was asked for, what keeps
it from running is a failure.
"""

import os
import subprocess
import sys
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from functools import partial
from pathlib import Path
from tempfile import TemporaryFile
from typing import IO, Final

from installer import system_packages
from tests.kernel import changes, image, machine
from tests.kernel.problem import CannotRunError

ROOT: Final = Path(__file__).resolve().parents[2]
SERIAL: Final = (
    "tests/contract/devices/test_wire.py",
    "tests/contract/devices/test_streaming_device.py",
    "tests/faults/test_device_unplugging.py",
)
HID: Final = (
    "tests/contract/devices/test_hid_port.py",
    "tests/contract/devices/test_hid_scanner.py",
    "tests/faults/test_hid_unplugging.py",
)
OWN: Final = ("tests/kernel/test_usb_keyboard.py", "tests/kernel/test_shipped_udev_rules.py")
SUITES: Final = (
    (*SERIAL, "-k", "not usb-serial"),
    (*SERIAL, "-k", "usb-serial"),
    (*HID, "-k", "not uhid"),
    (*HID, *OWN, "-k", "uhid or usb_keyboard or shipped"),
)
"""One machine for each, side by side: most of the time goes by waiting for USB to settle."""

SECONDS: Final = 600.0
"""When a machine that does not end is turned off; on two free cores it takes about two minutes."""

PASSED, FAILED, SKIPPED = 0, 1, 77


def main(arguments: Sequence[str]) -> int:
    """Decide, build, run, and say how it went."""
    wish = os.environ.get("REPAIR_BENCH_KERNEL", "")
    asked = bool(arguments) or wish == "1"
    cache = image.cache_folder()
    reason = "REPAIR_BENCH_KERNEL is 0" if wish == "0" else changes.why_not(ROOT, cache)
    if reason is not None and not asked:
        return _told(SKIPPED, f"skipped: {reason}; REPAIR_BENCH_KERNEL=1 runs it")
    if sys.platform.startswith("linux"):
        system_packages.ensure(system_packages.KERNEL)
    tried = changes.fingerprint(ROOT)
    try:
        made = image.find_or_build(cache)
        code = _run(made, cache, arguments) if arguments else _run_all(made, cache)
    except CannotRunError as error:
        return _told(FAILED if asked else SKIPPED, f"cannot run here: {error}")
    if code == PASSED and not arguments:
        changes.remember(tried, cache)
    return code


def _run_all(made: image.Image, cache: Path) -> int:
    """Run every suite and print what they said, one after the other."""
    with ExitStack() as stack, ThreadPoolExecutor(len(SUITES)) as pool:
        outputs = [stack.enter_context(TemporaryFile("w+")) for _ in SUITES]
        codes = list(pool.map(partial(_run, made, cache), SUITES, outputs))
        for output in outputs:
            output.seek(0)
            sys.stdout.write(output.read())
    return PASSED if set(codes) == {PASSED} else FAILED


def _run(
    made: image.Image, cache: Path, arguments: Sequence[str], output: IO[str] = sys.stdout
) -> int:
    """Run tests in a machine of their own."""
    started = time.monotonic()
    environ = _environ(cache)
    command = [sys.executable, "-m", "pytest", "-c", "tests/kernel/machine.ini"]
    command += [f"--rootdir={ROOT}", f"--confcutdir={ROOT}", *arguments]
    # Outside first: a fault in an import shows at once, and what is compiled here is not in there.
    collected = subprocess.run(
        [*command, "--collect-only", "-qq"],
        cwd=ROOT,
        env={**os.environ, **environ},
        stdout=subprocess.PIPE,
        text=True,
        check=False,
    )
    if collected.returncode != PASSED:
        return _told(FAILED, f"{collected.stdout}\nthe tests cannot be collected", output)
    inside = {**environ, "HOME": "/root", "TMPDIR": "/run", "LANG": "C.UTF-8"}
    inside |= {"PATH": f"{Path(sys.executable).parent}:/usr/bin:/bin:/usr/sbin:/sbin"}
    outcome = machine.run(made, machine.script(ROOT, inside, command), SECONDS, output)
    took = f"{time.monotonic() - started:.0f} s, {made.name}"
    if outcome.code == PASSED:
        return _told(PASSED, f"passed in {took}", output)
    ending = "no exit code" if outcome.code is None else f"exit code {outcome.code}"
    return _told(FAILED, f"failed in {took}: {ending}\n{outcome.last_words}", output)


def _environ(cache: Path) -> dict[str, str]:
    """What both runs of pytest share."""
    wanted = ("REPAIR_BENCH_FAULT", "LD_LIBRARY_PATH")  # an own Python may need the second
    passed_on = {name: value for name, value in os.environ.items() if name.startswith(wanted)}
    return {
        **passed_on,
        "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1",  # they only cost time in there
        "PYTHONPYCACHEPREFIX": str(cache / "compiled"),
        "PYTHONDONTWRITEBYTECODE": "",
        "PYTHONUNBUFFERED": "1",
        "REPAIR_BENCH_TIER": "kernel",
    }


def _told(code: int, text: str, output: IO[str] = sys.stdout) -> int:
    if output.seekable():
        output.seek(0, os.SEEK_END)  # behind what the machine wrote
    output.write(f"kernel tier: {text}\n")
    output.flush()
    return code


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
