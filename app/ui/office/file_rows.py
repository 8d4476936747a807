"""What a board's prompt says of the file that it is written to, and the button that asks where."""

from dataclasses import replace
from typing import Final

from app.services.office_sight import BUG, FULL, NOT_ALLOWED, FileSight
from app.ui.shell.rows import Action, Prompt
from app.ui.theme.colours import Level
from app.ui.wording import Wording

SAVE_AS: Final = "OFFICE_SAVE_AS"
"""The button that asks where a file is put."""


def save_as_action(wording: Wording) -> Action:
    """The large button that asks where to write what is shown."""
    name = "command.office_save_as"
    return Action(SAVE_AS, wording.say(name), wording.say(f"{name}.tip"), "folder-plus", "F4")


def with_file(prompt: Prompt, file: FileSight | None, wording: Wording) -> Prompt:
    """The prompt, with where the file is, or why it is not; a status that it tells stays."""
    if file is None:
        return prompt
    icon, level, detail = _told(file, wording)
    if prompt.level is not Level.CALM:
        return replace(prompt, detail=detail)
    return Prompt(icon, prompt.text, detail, level)


def _told(file: FileSight, wording: Wording) -> tuple[str, Level, str]:
    if file.path is None:
        return "hourglass", Level.CALM, wording.say("office.file.writing")
    name, folder = file.path.name, file.path.parent
    if not file.fault:
        told = wording.say("office.file.written", name=name, folder=folder)
        return "accepted", Level.OK, told
    known = file.fault in {BUG, FULL, NOT_ALLOWED}
    reason = wording.say(f"office.file.{file.fault}") if known else file.fault
    told = wording.say("office.file.not_written", path=file.path, reason=reason)
    return "warning", Level.ATTENTION, told
