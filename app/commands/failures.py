"""What the rooms raise when the environment fails, as a command tells it."""

from app.bootstrap import InUseError
from app.commands.console import CommandFailedError
from app.domain.policy import PolicyInvalidError
from app.services.ports import StoreFaultError
from app.settings import home_folder
from app.sync.errors import SyncFaultError


def failure_of(error: Exception) -> CommandFailedError | None:
    """The failure to tell; None where the error is a defect of the program."""
    match error:
        case StoreFaultError():
            return CommandFailedError(f"fault.{error.code}", path=home_folder())
        case InUseError():
            return CommandFailedError("cli.second_instance", path=home_folder())
        case PolicyInvalidError():
            return CommandFailedError("cli.policy_invalid", reason=error)
        case SyncFaultError():
            return CommandFailedError(f"sync.{error.code}", **error.fields)
        case _:
            return None
