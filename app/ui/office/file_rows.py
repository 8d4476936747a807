"""What a board's prompt says of the file that it is written to."""

from dataclasses import replace

from app.services.office_sight import BUG, FileSight
from app.ui.shell.rows import Prompt
from app.ui.theme.colours import Level
from app.ui.wording import Wording


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
    reason = wording.say("office.file.bug") if file.fault == BUG else file.fault
    told = wording.say("office.file.not_written", path=file.path, reason=reason)
    return "warning", Level.ATTENTION, told
