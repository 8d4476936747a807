"""What can keep a report from being drawn."""


class ReportFaultError(Exception):
    """The environment kept a report from being drawn; nothing was written.

    Attributes:
        code: ``typeface``: a shipped font is missing or unreadable.
        detail: The library's words, for the log.
    """

    def __init__(self, code: str, detail: str) -> None:
        super().__init__(f"{code}: {detail}")
        self.code = code
        self.detail = detail
