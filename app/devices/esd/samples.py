"""The samples of a tester's profile: messages with what each of them has to give."""

from typing import Final

from app.devices.esd.grammar import Sample
from app.devices.esd.ohms import LARGEST_EXPONENT
from app.devices.toml_table import Table
from app.domain.esd import Circumstances, EsdVerdict, Measurement
from app.domain.line_fault import LineFault

_OHMS: Final = range(10**LARGEST_EXPONENT + 1)
_VERDICTS: Final = tuple(verdict.value for verdict in EsdVerdict)


def read_samples(table: Table, encoding: str) -> tuple[Sample, ...]:
    """The tables ``[[sample]]``. A profile without any cannot show that it is right: refused.

    Args:
        table: The whole profile.
        encoding: How a sample's text becomes bytes; only one of 16 bits is told apart, for every
            other a character stands for a byte.

    Raises:
        ProfileError: They are not valid.
    """
    tables = table.tables("sample")
    if not tables:
        raise table.fault("missing", "sample")
    return tuple(_sample(each, encoding) for each in tables)


def _sample(table: Table, encoding: str) -> Sample:
    raw = _sample_bytes(table, encoding)
    fault = table.text("fault", "")
    expected = tuple(_expected(each) for each in table.tables("expect"))
    if fault and expected:
        raise table.fault("bad_value", "fault", "together with expect")
    if not fault and "expect" not in table:
        raise table.fault("missing", "expect")
    table.finish()
    return Sample(raw, expected, fault, table.line)


def _sample_bytes(table: Table, encoding: str) -> bytes:
    if "hex" in table:
        if "line" in table:
            raise table.fault("bad_value", "hex", "together with line")
        try:
            return bytes.fromhex(table.text("hex"))
        except ValueError as error:
            raise table.fault("bad_value", "hex", str(error)) from error
    if encoding.startswith("utf-"):
        return table.text("line").encode(encoding)
    if "line" not in table:
        raise table.fault("missing", "line")
    return table.raw("line")


def _expected(table: Table) -> Measurement | LineFault:
    if "fault" in table:
        fault = LineFault(table.text("fault"))
        table.finish()
        return fault
    verdict = table.choice("result", ("", *_VERDICTS), "")
    measurement = Measurement(
        channel=table.text("channel"),
        ohm=table.integer("ohm", 0, _OHMS) if "ohm" in table else None,
        over_range=table.flag("over"),
        under_range=table.flag("under"),
        tester_verdict=EsdVerdict(verdict) if verdict else None,
        operator=table.text("operator", "") or None,
        device_time=table.text("time", "") or None,
        around=Circumstances(
            indicative=table.flag("indicative"),
            celsius=table.text("celsius", "") or None,
            humidity=table.text("humidity", "") or None,
        ),
    )
    if (measurement.ohm is None) != (measurement.over_range or measurement.under_range):
        raise table.fault("bad_value", "ohm", "exactly one of ohm, over and under")
    table.finish()
    return measurement
