"""One run of the machine: QEMU's command, what it is told to do, what it tells back.

The machine's ports to the outside lie in `/dev/virtio-ports`: what the job prints (`output`), its
exit code (`code`), QEMU's own control socket (`control`), the other end of the emulated USB
converter's line (`line`).
"""

import contextlib
import shlex
import shutil
import subprocess
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Final

from tests.kernel import initramfs
from tests.kernel.image import Image
from tests.kernel.problem import CannotRunError

QEMU: Final = "qemu-system-x86_64"
KERNEL_ARGUMENTS: Final = (
    "console=ttyS0 quiet panic=-1 nokaslr mitigations=off random.trust_cpu=on no_timer_check"
    " rdinit=/init"
)
"""A crash ends the machine at once; what guards against hostile programs only costs time here. The
timer is not tried: on a busy host its ticks come late, and the kernel would take it for broken."""

_LAST_WORDS: Final = 2000


@dataclass(frozen=True, slots=True)
class Outcome:
    """How a run ended.

    Attributes:
        code: The job's exit code; None where the machine ended without one.
        last_words: The end of the kernel's own log.
    """

    code: int | None
    last_words: str


def run(image: Image, job: str, seconds: float, output: IO[str]) -> Outcome:
    """Start the machine, let it do a job, and wait until it is off.

    Args:
        image: The kernel and its first files.
        job: A shell script, run as root among the host's files.
        seconds: When to give up.
        output: A real file for what the job prints, as it comes.

    Raises:
        CannotRunError: QEMU is missing.
    """
    if shutil.which(QEMU) is None:
        raise CannotRunError(f"{QEMU} is missing (apt-get install qemu-system-x86)")
    with tempfile.TemporaryDirectory(prefix="repair-bench-machine-") as name:
        folder = Path(name)
        first_files = folder / "initramfs"
        told = f"export REPAIR_BENCH_MACHINE={shlex.quote(name)}\n{job}"
        first_files.write_bytes(
            image.first_files.read_bytes() + initramfs.pack({"job": (0o755, told.encode())})
        )
        # Its standard input stays open and silent: the chardev counts an ended one as unplugged.
        with subprocess.Popen(
            _command(image, first_files, folder), stdin=subprocess.PIPE, stdout=output
        ) as qemu:
            try:
                # One that does not end is killed; that it left no code tells what happened.
                with contextlib.suppress(subprocess.TimeoutExpired):
                    qemu.wait(seconds)
            finally:
                qemu.kill()
        return Outcome(_code(folder / "code"), _read(folder / "console")[-_LAST_WORDS:])


def script(folder: Path, environ: Mapping[str, str], command: Sequence[str]) -> str:
    """Write a job: a command in a folder with an environment."""
    lines = [f"export {name}={shlex.quote(value)}" for name, value in environ.items()]
    return "\n".join([*lines, f"cd {shlex.quote(str(folder))}", shlex.join(command)])


def _command(image: Image, first_files: Path, folder: Path) -> list[str]:
    command = [
        *(QEMU, "-nodefaults", "-no-user-config", "-display", "none", "-no-reboot"),
        *("-machine", "q35", "-cpu", "max", "-smp", "1", "-m", "768"),
        *("-accel", "tcg"),  # never KVM: where it half works, the machine hangs
        *("-kernel", str(image.kernel), "-initrd", str(first_files)),
        *("-append", KERNEL_ARGUMENTS),
        *("-serial", f"file:{folder / 'console'}"),
        *("-fsdev", "local,id=host,path=/,security_model=none,readonly=on,multidevs=remap"),
        *("-device", "virtio-9p-pci,fsdev=host,mount_tag=host"),
        *("-device", "qemu-xhci,id=usb"),
        *("-device", "virtio-serial-pci"),
    ]
    ports = {
        "output": "stdio,signal=off",
        "code": f"file,path={folder / 'code'}",
        "control": f"socket,path={folder / 'control'}",
        "line": "null",  # until a converter is plugged in
    }
    command += ["-chardev", f"{ports['control']},id=control-outside,server=on,wait=off"]
    command += ["-mon", "chardev=control-outside,mode=control"]
    for name, chardev in ports.items():
        command += ["-chardev", f"{chardev},id={name}"]
        command += ["-device", f"virtserialport,chardev={name},name={name}"]
    return command


def _code(path: Path) -> int | None:
    told = _read(path).strip()
    return int(told) if told else None


def _read(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8", errors="replace")
    except FileNotFoundError:
        return ""
