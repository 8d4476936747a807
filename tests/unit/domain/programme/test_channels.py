"""P15: the other channels are data, read strictly."""

import pytest

from app.domain.policy import PolicyInvalidError
from app.domain.programme.channels import Channel, channels_of
from app.services.channels import shipped_channels
from app.texts import Language, texts

ONE = {"key": "a", "title": "Apple, A", "url": "https://apple.com/a"}


def test_channels_come_in_the_file_s_order() -> None:
    found = channels_of({"channel": [ONE, {**ONE, "key": "b"}]})
    assert [one.key for one in found] == ["a", "b"]
    assert found[0] == Channel("a", "Apple, A", "https://apple.com/a")


@pytest.mark.parametrize(
    ("table", "field"),
    [
        ({}, "channel"),
        ({"channel": [ONE], "more": 1}, "more"),
        ({"channel": [{**ONE, "phone": "1"}]}, "channel.a.phone"),
        ({"channel": [{"key": "a", "title": "A"}]}, "channel.a.url"),
        ({"channel": [ONE, ONE]}, "channel"),
    ],
)
def test_a_file_of_another_form_is_refused_with_its_place(
    table: dict[str, object], field: str
) -> None:
    with pytest.raises(PolicyInvalidError) as refused:
        channels_of(table)
    assert refused.value.field == field


@pytest.mark.parametrize("language", list(Language))
def test_every_shipped_channel_has_its_words(language: Language) -> None:
    for one in shipped_channels():
        assert texts(language).has(f"channel.{one.key}")
        assert texts(language).has(f"channel.{one.key}.how")
        assert one.url.startswith("https://")
