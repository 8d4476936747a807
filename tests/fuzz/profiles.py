"""Profiles: any bytes are a profile or a fault with its place, and a profile can be checked."""

from app.devices.errors import ProfileError
from app.devices.esd.check import check_profile
from app.devices.profile import parse_profile
from app.devices.profiles import list_profiles
from tests.fuzz.target import Target

BACKTRACKING = rb"""
schema = 1
role = "esd"
[title]
en = "Patterns that an engine could try in more ways than there is time"
[line]
channel = "wrist"
pattern = 'R= *(?P<value>[^ ]\S*)+((?:k|M))? +(?P<result>[A-Za-z]+)'
ignore = '(a|a)*|([a-z]+)*-'
[results.words]
OK = "pass"
[[sample]]
line = "R= 1,4277777777777777777777777777777777777777777777777777777777777 MOhm  NOK"
fault = "no_match"
[[sample]]
line = "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
expect = []
"""
FOUND = (BACKTRACKING,)


def seeds() -> tuple[bytes, ...]:
    return (*(row.path.read_bytes() for row in list_profiles()), *FOUND)


def check(data: bytes) -> None:
    try:
        profile = parse_profile(data, "fuzzed")
    except ProfileError as error:
        code, line = error.code, error.line
    else:
        assert len(check_profile(profile)) <= len(profile.samples)
        return
    assert code
    assert line is None or 1 <= line <= len(data) + 1


TOKENS = (
    *(
        b"schema = 1\n",
        b'role = "esd_tester"\n',
        b'role = "scanner"\n',
        b"[framing]\n",
        b"[line]\n",
    ),
    *(
        b"[serial]\n",
        b"[numbers]\n",
        b"[channels]\n",
        b"[results]\n",
        b"[[sample]]\n",
        b"[title]\n",
    ),
    *(
        b"pattern = '",
        b"(?P<value>",
        b"(?P<unit>",
        b"(?P<channel>",
        b"[0-9]+",
        b"(a|a)*",
        b"{1,999}",
    ),
    *(
        b"terminators = [",
        b"start = ",
        b"length = ",
        b"idle_s = ",
        b"maximum = ",
        b"true",
        b"1e999",
    ),
    *(b'"""', b"'''", b"\\u0002", b"\\r", b"= {", b"[[", b"1979-05-27T07:32:00Z", b"0xFFFFFFFF"),
)
TARGET = Target(seeds, check, TOKENS, longest=8192)
