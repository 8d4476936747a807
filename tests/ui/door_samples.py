"""What stands before the bench, in every state worth looking at."""

from dataclasses import replace

from app.ui.bridge import FaultTold
from app.ui.door import Door, DoorStage, KeyAt
from app.ui.state import WindowState

CHOOSING = Door(DoorStage.CHOOSING, "/home/anna/.local/share/repair-bench", keyring=True)
DIFFERENT = replace(CHOOSING, key=KeyAt.PASSPHRASE, sample=True, wrong="first_run.wrong.differs")

DOOR_STATES: dict[str, WindowState] = {
    "first_run": WindowState(door=CHOOSING),
    "first_run_file": WindowState(door=replace(CHOOSING, keyring=False, key=KeyAt.FILE)),
    "first_run_passphrase": WindowState(door=DIFFERENT),
    "first_run_making": WindowState(door=replace(CHOOSING, stage=DoorStage.MAKING)),
    "unlock": WindowState(door=Door(DoorStage.LOCKED)),
    "unlock_wrong": WindowState(door=Door(DoorStage.LOCKED, wrong="unlock.wrong")),
    "unlock_busy": WindowState(door=Door(DoorStage.UNLOCKING)),
    "cannot_open_key": WindowState(fault=FaultTold("key_missing")),
    "cannot_open_corrupt": WindowState(fault=FaultTold("corrupt")),
    "cannot_open_second": WindowState(fault=FaultTold("second_instance", (("path", "/h"),))),
}
