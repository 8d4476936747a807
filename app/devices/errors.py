"""What can go wrong with a device, apart from what it sends."""

from enum import StrEnum
from pathlib import Path


class DeviceError(Exception):
    """The base of all errors of this room.

    Attributes:
        code: Stable, for texts and tests.
        detail: Words of the library or the value that is wrong, for the log.
    """

    def __init__(self, code: str, detail: str = "") -> None:
        super().__init__(f"{code}: {detail}" if detail else code)
        self.code = code
        self.detail = detail


class WireCode(StrEnum):
    """Why a wire cannot be used now. Each of them is a state of the environment, not a bug."""

    ABSENT = "absent"
    """There is no such port."""
    BUSY = "busy"
    """Another program has it."""
    DENIED = "denied"
    """This user may not open it."""
    LOST = "lost"
    """It was open and went away."""
    REFUSED = "refused"
    """It is no serial port, or it does not take the line settings."""
    AMBIGUOUS = "ambiguous"
    """Several units answer to the same identity; which one is meant has to be asked."""
    KEYBOARD_MODE = "keyboard_mode"
    """The scanner is there, but types as a keyboard does."""
    CDC_MODE = "cdc_mode"
    """The scanner is there, but as a serial port."""
    SNAPI_MODE = "snapi_mode"
    """The scanner is there, but speaks its maker's own protocol."""


class WireError(DeviceError):
    """The environment keeps a wire from working; trying again later may help."""

    def __init__(self, code: WireCode, detail: str = "") -> None:
        super().__init__(code.value, detail)
        self.reason = code


class AddressError(DeviceError):
    """An address that can never be opened.

    Codes: ``unknown_scheme``, ``bad_address``, ``bad_setting``.
    """


class ProfileError(DeviceError):
    """A profile that cannot be used.

    Codes: ``not_found``, ``unreadable``, ``too_large``, ``syntax``, ``missing``, ``unknown_key``,
    ``wrong_type``, ``bad_value``, ``bad_pattern``.

    Attributes:
        path: The file; None for a profile that was given as text.
        field: Where in the profile, such as ``line.pattern`` or ``sample[2].line``; may be empty.
        line: The line of the file, from 1, where it is known.
    """

    def __init__(
        self,
        code: str,
        detail: str = "",
        *,
        field: str = "",
        line: int | None = None,
        path: Path | None = None,
    ) -> None:
        super().__init__(code, detail)
        self.field = field
        self.line = line
        self.path = path


class InstrumentError(DeviceError):
    """An instrument that was asked to measure and did not. The text is ``instrument.<code>``.

    Codes: ``no_answer``, ``broken_answer``, ``another_instrument``, ``cancelled``, ``not_a_value``,
    ``voltage_may_be_on`` (it could not be told to stop, or did not say that it has discharged).
    """
