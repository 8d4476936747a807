"""A value read off a display, by barcodes alone: nobody passes without a second person's badge."""

from app.domain.typed_readings import TypedValue
from app.services.playing import badge, command
from tests.end_to_end.fixtures import Wires
from tests.end_to_end.programs import Home, running_bench


def test_a_second_badge_on_the_wire_confirms_what_the_first_person_scanned(
    home: Home, wires: Wires
) -> None:
    value = command(TypedValue(1_050_000).code)
    with running_bench(home, *wires.words, "--once", "5") as bench:
        bench.wait_until_ready()
        for count, text in enumerate((badge("1001"), value, badge("1001"), badge("1002")), 1):
            wires.scanner.scan(text)
            bench.wait_for(count)
        assert bench.end(None) == 0
        reading = bench.committed()[-1]
    told = {key: reading[key] for key in ("event", "device", "ohm", "verdict", "source", "doubt")}
    assert told == {
        "event": "reading",
        "device": "esd-1",
        "ohm": 1_050_000,
        "verdict": "pass",
        "source": "manual",
        "doubt": None,
    }
    assert reading["confirmed_by"] == "johan.aberg"
    assert bytes.fromhex(str(reading["raw_hex"])).decode() == value
    (listed,) = home.told("esd", "list", "--badge", "1001")
    assert listed["entry"] == reading["entry"]
    assert home.told("esd", "list", "--badge", "1002") == []
    assert home.told("journal", "verify")["verified"] is True
