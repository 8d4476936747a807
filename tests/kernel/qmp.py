"""The machine's own control line, from inside: it plugs and unplugs what QEMU emulates.

QEMU's control socket is wired to a port of the machine (see `tests.kernel.machine`), so nothing
outside has to help.
"""

import json
import os
import select
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import Any, Final, Self

from tests.kernel.uevents import PATIENCE

CONTROL: Final = Path("/dev/virtio-ports/control")


class RefusedError(Exception):
    """QEMU did not do it."""


class Qmp:
    """A conversation with QEMU; one at a time."""

    def __init__(self, port: Path = CONTROL) -> None:
        self._descriptor = os.open(port, os.O_RDWR | os.O_NONBLOCK)
        self._pending = b""
        with suppress(RefusedError):  # an earlier conversation did it
            self.call("qmp_capabilities")

    def call(self, command: str, **arguments: object) -> object:
        """Run a command and return its answer.

        Raises:
            RefusedError: It was refused.
            TimeoutError: There is no answer.
        """
        asked = {"execute": command, "arguments": arguments, "id": command}
        os.write(self._descriptor, json.dumps(asked).encode() + b"\n")
        while True:
            told = self._next()
            if told.get("id") != command:
                continue  # the greeting, or an event
            if "error" in told:
                raise RefusedError(f"{command}: {told['error']['desc']}")
            return told["return"]

    def close(self) -> None:
        """Let go of the control line."""
        os.close(self._descriptor)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def _next(self) -> dict[str, Any]:
        while b"\n" not in self._pending:
            if not select.select([self._descriptor], [], [], PATIENCE)[0]:
                raise TimeoutError("QEMU does not answer")
            self._pending += os.read(self._descriptor, 65536)
        line, _, self._pending = self._pending.partition(b"\n")
        return json.loads(line)
