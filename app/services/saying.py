"""The words of an answer: sentence and way on, in the reader's language."""

from collections.abc import Iterable
from typing import Final

from app.domain.verdicts import Finding
from app.services.device_words import ohm_text
from app.services.money_words import money_text
from app.services.views import Feedback
from app.texts import Texts

_WORDS: Final = {
    "step": "step",
    "now": "step",
    "symptom": "symptom",
    "family": "family",
    "channel": "channel",
    "component": "diagnostics.component",
    "outcome": "diagnostics.outcome",
    "stage": "diagnostics.stage",
    "tool": "diagnostics.source",
    "layout": "keyboard_layout",
    "people_field": "people_field",
}
"""Fields whose value is itself a key: the prefix of its text."""


_OHMS: Final = frozenset({"ohm", "read_ohm", "low_ohm", "high_ohm"})
"""Fields that are resistances, in whole ohm."""


_AMOUNTS: Final = frozenset({"order_amount", "credit_left", "credit_limit"})
"""Fields that are amounts of money, as `app.domain.verdicts.purchase.money` writes them."""


def say_feedback(texts: Texts, feedback: Feedback) -> str:
    """What happened, or what was refused and why."""
    key = feedback.code if feedback.code.startswith("finding.") else f"feedback.{feedback.code}"
    return texts.say(key, **_spoken(texts, feedback.fields))


def say_way_on(texts: Texts, feedback: Feedback) -> str:
    """The one thing to do now; empty where nothing is needed."""
    return texts.say(f"way_on.{feedback.way_on}") if feedback.way_on else ""


def say_finding(texts: Texts, finding: Finding) -> str:
    """One rule's word; who answers for it and why, where a lead does."""
    sentence = texts.say(f"finding.{finding.code}", **_spoken(texts, finding.fields))
    lifted = finding.lifted
    if lifted is None:
        return sentence
    fields = {"person": lifted.lead_name, "reason": lifted.reason}
    return texts.say("answered_for", sentence=sentence, **fields)


def _spoken(texts: Texts, fields: Iterable[tuple[str, str]]) -> dict[str, str]:
    return {name: _word(texts, name, value) for name, value in fields}


def _word(texts: Texts, name: str, value: str) -> str:
    """A field in words; a value without any, such as a channel of the site's own, as it is."""
    if name in _AMOUNTS:
        return money_text(value, texts.language)
    if name in _OHMS and value.isdecimal():
        return ohm_text(int(value), texts.language)
    key = f"{_WORDS.get(name, '')}.{value}"
    return texts.say(key) if texts.has(key) else value
