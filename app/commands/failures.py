"""What the rooms raise when the environment fails, as a command tells it."""

from typing import Final

from app.bootstrap import InUseError
from app.commands.console import CommandFailedError
from app.domain.policy import PolicyInvalidError
from app.services.ports import StoreFaultError
from app.settings import home_folder
from app.sync.errors import SyncFaultError

OF_A_COMMAND: Final = frozenset({"disk_full", "read_only", "io", "wrong_key"})
"""What is told apart from the window, where scans wait and it is tried again: a command is over."""


def fault_key(code: str) -> str:
    """The text of a fault of the store, as a command that it ends tells it."""
    return f"cli.fault.{code}" if code in OF_A_COMMAND else f"fault.{code}"


def failure_of(error: Exception) -> CommandFailedError | None:
    """The failure to tell; None where the error is a defect of the program."""
    match error:
        case StoreFaultError():
            return CommandFailedError(fault_key(error.code), path=home_folder())
        case InUseError():
            return CommandFailedError("cli.second_instance", path=home_folder())
        case PolicyInvalidError():
            return CommandFailedError("cli.policy_invalid", reason=error)
        case SyncFaultError():
            return CommandFailedError(f"sync.{error.code}", **error.fields)
        case _:
            return None
