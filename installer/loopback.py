"""The loopback interface: the program talks to its own account service over it.

Every machine has it, but where there is no network at all it may be down: a fresh network
namespace (`unshare --net`, some containers and sandboxes) starts that way.
"""

from __future__ import annotations

import socket
import struct
import sys

from installer import messages

_GET_FLAGS, _SET_FLAGS, _UP = 0x8913, 0x8914, 0x1
"""SIOCGIFFLAGS, SIOCSIFFLAGS and IFF_UP of netdevice(7)."""
_REQUEST = struct.Struct("16sH22x")
"""A struct ifreq: the interface's name and its flags."""


def ensure() -> None:
    """Bring the interface up where it is down; say what to do where only root may."""
    if sys.platform != "linux":
        return
    import fcntl

    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as asked:
        try:
            answer = fcntl.ioctl(asked, _GET_FLAGS, _REQUEST.pack(b"lo", 0))
            _, flags = _REQUEST.unpack(answer)
            if not flags & _UP:
                fcntl.ioctl(asked, _SET_FLAGS, _REQUEST.pack(b"lo", flags | _UP))
        except OSError:  # the set-up itself needs no loopback: what does says so too
            messages.tell("loopback_down")
