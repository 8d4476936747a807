"""The code that finds out which layout a scanner in keyboard mode types by.

It is printed on the command sheet and known to the window. It begins with letters that lie in the
same place on every layout that is shipped, then tries the characters that barcodes use and layouts
disagree about, and ends with a separator (GS) between two letters, which some scanners lose.
"""

from typing import Final

MARK: Final = "OKBCAL"
"""How it begins; no label of ours and no serial number does."""
SEPARATOR: Final = "\x1d"
KEYBOARD_TEST: Final = MARK + "YZ" + "[]{}()<>@#$&*+=-_/\\|:;\"'?!%" + "K" + SEPARATOR + "B"
"""The text of the code."""
