"""A command line with a home and one without."""

from tests.unit.commands.lines import bench, line

__all__ = ["bench", "line"]
