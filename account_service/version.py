"""The version of the program, told by ``/v1/health`` and in the OpenAPI document."""

from typing import Final

VERSION: Final = "0.1.0"
