"""What a reading tells, short enough to compare, and labels as printers write them."""

from app.domain.barcodes import Reading, read

GS, RS, EOT = "\x1d", "\x1e", "\x04"


def meaning(reading: Reading) -> list[tuple[str, str]]:
    return [(one.kind.value, one.value) for one in reading.candidates]


def told(text: str, aim: str | None = None) -> tuple[list[tuple[str, str]], tuple[str, ...]]:
    reading = read(text.encode(), aim)
    return meaning(reading), reading.warnings


def both(value: str) -> list[tuple[str, str]]:
    return [("device_serial", value), ("component_serial", value)]


def label(*fields: str, header: str = f"[)>{RS}06{GS}", trailer: str = f"{RS}{EOT}") -> bytes:
    return (header + GS.join(fields) + trailer).encode()
