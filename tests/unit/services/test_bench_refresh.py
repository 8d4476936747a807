"""What sync brings is painted without a scan."""

from dataclasses import replace

from app.services.playing import badge
from app.services.views import BenchView
from tests.unit.services import desk as rows
from tests.unit.services.desk import ANNA, MAC, Desk
from tests.unit.services.told import MakeBench, Told


def test_a_changed_register_is_painted_anew(make: MakeBench, told: Told, desk: Desk) -> None:
    seen = list[BenchView]()
    bench = make(listeners=replace(told.listeners(), refreshed=seen.append))
    bench.start()
    bench.typed(badge(ANNA))
    bench.typed(MAC)
    bench.call(lambda _: desk.put(rows.asset(MAC, holder="School"))).result()
    bench.refresh()
    bench.stop()
    product = seen[0].product
    assert product is not None
    assert product.asset is not None
    assert product.asset.holder == "School"


def test_nobody_need_listen_to_a_refresh(make: MakeBench, told: Told) -> None:
    bench = make()
    bench.start()
    bench.refresh()
    bench.stop()
    assert len(told.opened) == 1
