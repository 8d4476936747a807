"""Mappings as TOML: the presets that ship, and the ones that a bench's users made and named."""

import re
import tomllib
from collections.abc import Callable, Iterable
from collections.abc import Mapping as Table
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Final, TypeVar, cast

from app.data.imports import limits
from app.data.imports.days import DateOrder
from app.data.imports.errors import MappingError
from app.data.imports.mapping import CHOICES, FIELDS, Mapping, is_private
from app.resources import resource
from app.services.placing import placed

FOLDER: Final = "mappings"
"""The folder of a bench's home that holds its own mappings."""
_NAME: Final = re.compile(r"[a-z0-9åäö][a-z0-9åäö _-]{0,59}")
_KEYS: Final = ("titles", "dates", "clears", "marks", "sources", "fields", "values", "constants")
_MOST: Final = 500
_LONGEST: Final = 300
_T = TypeVar("_T")


def read_mapping(path: Path, *, is_preset: bool = False) -> Mapping:
    """Read a mapping; its name is the file's.

    Raises:
        MappingError: It cannot be read or used; its field says where.
    """
    try:
        if path.stat().st_size > limits.MAPPING:
            raise MappingError("too_large", detail=path.name)
        content = tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except FileNotFoundError as error:
        raise MappingError("not_found", detail=path.name) from error
    except OSError as error:
        raise MappingError("unreadable", detail=f"{path.name}: {error.strerror}") from error
    except (UnicodeDecodeError, tomllib.TOMLDecodeError, RecursionError) as error:
        raise MappingError("not_toml", detail=f"{path.name}: {error}") from error
    return mapping_of(path.stem, content, is_preset=is_preset)


def mapping_of(name: str, content: dict[str, object], *, is_preset: bool = False) -> Mapping:
    """A mapping of what its TOML says.

    Raises:
        MappingError: It cannot be used; its field says where.
    """
    for key in content:
        if key not in _KEYS:
            raise MappingError("unknown_key", key)
    fields = {
        each: tuple(_texts(value, f"fields.{each}"))
        for each, value in _table(content, "fields").items()
    }
    mapping = Mapping(
        name=name,
        titles=_text_table(content.get("titles", {}), "titles"),
        fields=MappingProxyType(fields),
        values=MappingProxyType(
            {
                each: _text_table(value, f"values.{each}")
                for each, value in _table(content, "values").items()
            }
        ),
        constants=_text_table(content.get("constants", {}), "constants"),
        clears=tuple(_texts(content.get("clears", []), "clears")),
        date_order=_date_order(content.get("dates", DateOrder.UNSTATED.value)),
        marks=tuple(_texts(content.get("marks", []), "marks")),
        sources=tuple(_texts(content.get("sources", []), "sources")),
        is_preset=is_preset,
    )
    check(mapping)
    return mapping


def check(mapping: Mapping) -> None:
    """Hold a mapping, read or made by hand, to what it may say.

    Raises:
        MappingError: ``missing`` without a serial, ``unknown_field``, ``private_heading`` or
            ``unknown_value``; its field says where.
    """
    for place, named in (
        ("fields.", mapping.fields),
        ("values.", mapping.values),
        ("constants.", mapping.constants),
        ("clears: ", mapping.clears),
    ):
        for each in named:
            if each not in FIELDS:
                raise MappingError("unknown_field", f"{place}{each}", each)
    if not mapping.fields.get("serial"):
        raise MappingError("missing", "fields.serial")
    for each, headings in mapping.fields.items():
        for heading in headings:
            if is_private(heading):
                raise MappingError("private_heading", f"fields.{each}", heading)
    for each, words in mapping.values.items():
        _check_values(f"values.{each}", each, words.values())
    for each, word in mapping.constants.items():
        _check_values(f"constants.{each}", each, (word,))


def _check_values(place: str, name: str, words: Iterable[str]) -> None:
    choices = CHOICES.get(name)
    for word in words:
        if choices is not None and word not in choices and not (name == "family" and not word):
            raise MappingError("unknown_value", place, word)


@cache
def presets() -> tuple[Mapping, ...]:
    """The mappings that ship with the program."""
    folder = resource("imports")
    return tuple(read_mapping(path, is_preset=True) for path in sorted(folder.glob("*.toml")))


def own_mappings(home: Path) -> tuple[Mapping, ...]:
    """The mappings that were saved in a bench's home; one that cannot be read is left out."""
    found: list[Mapping] = []
    for path in sorted((home / FOLDER).glob("*.toml")):
        try:
            found.append(read_mapping(path))
        except MappingError:  # its name still opens it, and then it tells what is wrong
            continue
    return tuple(found)


def mapping_named(home: Path | None, name: str) -> Mapping:
    """A mapping by its name: the bench's own before a preset.

    Raises:
        MappingError: ``not_found``, ``bad_name``, or it cannot be used.
    """
    if home is not None and _path(home, name).is_file():
        return read_mapping(_path(home, name))
    found = next((each for each in presets() if each.name == name), None)
    if found is None:
        raise MappingError("not_found", detail=name)
    return found


def save_mapping(home: Path, mapping: Mapping) -> Path:
    """Save a mapping in a bench's home under its name, over one of the same name.

    Raises:
        MappingError: ``bad_name``, ``not_saved``, or it cannot be used.
    """
    check(mapping)
    path = _path(home, mapping.name)
    try:
        with placed(path) as half:
            half.write_text(written(mapping), encoding="utf-8")
    except OSError as error:
        raise MappingError("not_saved", detail=f"{path.name}: {error.strerror}") from error
    return path


def written(mapping: Mapping) -> str:
    """A mapping as TOML."""
    lines = [f"dates = {_quoted(mapping.date_order.value)}"]
    lines += [f"clears = {_list(mapping.clears)}"] if mapping.clears else []
    lines += [f"marks = {_list(mapping.marks)}"] if mapping.marks else []
    lines += [f"sources = {_list(mapping.sources)}"] if mapping.sources else []
    lines += _section("titles", mapping.titles, _quoted)
    lines += _section("fields", mapping.fields, _list)
    for name, words in mapping.values.items():
        lines += _section(f"values.{name}", words, _quoted)
    lines += _section("constants", mapping.constants, _quoted)
    return "\n".join([*lines, ""])


def _path(home: Path, name: str) -> Path:
    if not _NAME.fullmatch(name):
        raise MappingError("bad_name", "name", name)
    return home / FOLDER / f"{name}.toml"


def _section(name: str, table: Table[str, _T], form: Callable[[_T], str]) -> list[str]:
    if not table:
        return []
    return ["", f"[{name}]", *(f"{_quoted(key)} = {form(each)}" for key, each in table.items())]


def _list(items: Iterable[str]) -> str:
    return f"[{', '.join(map(_quoted, items))}]"


def _quoted(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    plain = "".join(each if each.isprintable() else f"\\U{ord(each):08x}" for each in escaped)
    return f'"{plain}"'


# ----------------------------------------------------------------------
# Values of the TOML
# ----------------------------------------------------------------------


def _table(content: dict[str, object], key: str) -> dict[str, object]:
    value = content.get(key, {})
    if not isinstance(value, dict):
        raise MappingError("wrong_type", key)
    return cast("dict[str, object]", value)


def _text(value: object, place: str) -> str:
    if not isinstance(value, str) or len(value) > _LONGEST:
        raise MappingError("wrong_type", place)
    return value


def _texts(value: object, place: str) -> list[str]:
    if not isinstance(value, list):
        raise MappingError("wrong_type", place)
    items = cast("list[object]", value)
    if len(items) > _MOST:
        raise MappingError("too_large", place)
    return [_text(each, place) for each in items]


def _text_table(value: object, place: str) -> MappingProxyType[str, str]:
    if not isinstance(value, dict):
        raise MappingError("wrong_type", place)
    items = cast("dict[str, object]", value)
    if len(items) > _MOST:
        raise MappingError("too_large", place)
    return MappingProxyType({key: _text(each, f"{place}.{key}") for key, each in items.items()})


def _date_order(value: object) -> DateOrder:
    try:
        return DateOrder(_text(value, "dates"))
    except ValueError as error:
        raise MappingError("unknown_value", "dates", str(value)) from error
