"""Inputs without a fuzzer: the seeds, and in every run the same mutations of them."""

import random
from collections.abc import Callable, Iterator
from typing import Final

from tests.fuzz.target import Target

EDGES: Final = (
    b"\0\1\2\3\4\x0a\x0d\x1c\x1d\x1e\x1f ,;.<>()[]{}\"'\\09AZaz\x7f\x80\xbf\xc3\xe2\xf0\xfe\xff"
)

SEEDS: Final = 8
"""Of how many seeds a heap is made."""


def inputs(target: Target, runs: int, name: str) -> Iterator[bytes]:
    """The seeds, as much of each piece as fits, then mutations; by the same name the same ones."""
    seeds = target.seeds()
    yield from seeds
    yield from heaps(target)
    chance = random.Random(name)  # noqa: S311 - no secret: it has to repeat itself
    for _ in range(runs):
        data = chance.choice(seeds)
        for _ in range(chance.randint(1, 6)):
            data = chance.choice(_MUTATIONS)(chance, data, target)
        yield data[: target.longest]


def heaps(target: Target) -> Iterator[bytes]:
    """As much of each piece as fits into an input, and of a few seeds."""
    for piece in filter(None, (*target.tokens, *target.seeds()[:SEEDS])):
        yield (piece * (target.longest // len(piece) + 1))[: target.longest]


Mutation = Callable[[random.Random, bytes, Target], bytes]


def _place(chance: random.Random, data: bytes) -> int:
    return chance.randint(0, len(data))


def _flip(chance: random.Random, data: bytes, target: Target) -> bytes:
    del target
    at = _place(chance, data)
    return (
        data[:at]
        + bytes(byte ^ 1 << chance.randrange(8) for byte in data[at : at + 1])
        + data[at + 1 :]
    )


def _edge(chance: random.Random, data: bytes, target: Target) -> bytes:
    del target
    at = _place(chance, data)
    return data[:at] + bytes([chance.choice(EDGES)]) + data[at + chance.randint(0, 1) :]


def _cut(chance: random.Random, data: bytes, target: Target) -> bytes:
    del target
    at = _place(chance, data)
    return data[:at] + data[at + chance.randint(1, 16) :]


def _end(chance: random.Random, data: bytes, target: Target) -> bytes:
    del target
    return data[: _place(chance, data)]


def _double(chance: random.Random, data: bytes, target: Target) -> bytes:
    at = _place(chance, data)
    piece = data[at : at + chance.randint(1, 32)]
    return data[:at] + piece * chance.choice((2, 2, 3, 50)) + data[at:][: target.longest]


def _token(chance: random.Random, data: bytes, target: Target) -> bytes:
    at = _place(chance, data)
    token = chance.choice(target.tokens) if target.tokens else bytes([chance.randrange(256)])
    return data[:at] + token + data[at + chance.choice((0, len(token))) :]


def _splice(chance: random.Random, data: bytes, target: Target) -> bytes:
    other = chance.choice(target.seeds())
    return data[: _place(chance, data)] + other[_place(chance, other) :]


_MUTATIONS: Final[tuple[Mutation, ...]] = (
    _flip,
    _edge,
    _cut,
    _end,
    _double,
    _token,
    _token,
    _splice,
)
