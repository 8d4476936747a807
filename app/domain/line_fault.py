"""Why a tester's line gave no measurement. It is kept and shown, never taken for a pass."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class LineFault:
    """A line that could not be read.

    Attributes:
        code: What is wrong with it: ``oversize``, ``cut_off``, ``checksum``, ``undecodable``,
            ``no_match``, ``no_value``, ``unknown_channel``, ``bad_number``, ``unknown_unit``,
            ``unknown_result``, ``unknown_status``, ``not_measured``, ``test_aborted``,
            ``bad_time``, ``too_many``, ``out_of_bounds`` or ``repeated``. The text is
            ``line.<code>``.
        detail: The part of the line that it is about, shortened; empty where it is all of it.
    """

    code: str
    detail: str = ""
