"""What the set-up says, in English and Swedish.

It speaks before the program's own texts can be read, so its few sentences stand here.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping

TEXTS: dict[str, tuple[str, str]] = {
    "usage": (
        (
            "usage: python3 installer/bootstrap.py run [-- ARGS]     set up, then show a "
            "repair\n"
            "       python3 installer/bootstrap.py test [-- ARGS]    set up, then run every "
            "check"
        ),
        (
            "användning: python3 installer/bootstrap.py run [-- ARG]     ställ i ordning, visa "
            "en lagning\n"
            "            python3 installer/bootstrap.py test [-- ARG]    ställ i ordning, "
            "kontrollera allt"
        ),
    ),
    "python_too_old": (
        (
            "Repair Bench needs Python 3.11 or newer; {executable} is Python {found}. Run this "
            "again with a newer one, for example: python3.11 installer/bootstrap.py"
        ),
        (
            "Repair Bench behöver Python 3.11 eller nyare; {executable} är Python {found}. Kör "
            "igen med en nyare, till exempel: python3.11 installer/bootstrap.py"
        ),
    ),
    "interrupted": (
        "Interrupted. The next run goes on from here.",
        "Avbrutet. Nästa körning fortsätter härifrån.",
    ),
    "installing_packages": (
        "Installing system packages: {packages}",
        "Installerar systempaket: {packages}",
    ),
    "package_lists_failed": (
        "The package lists could not be updated; trying with the ones that are here.",
        "Paketlistorna kunde inte uppdateras; försöker med dem som finns.",
    ),
    "packages_needed": (
        (
            "These are missing and cannot be installed from here:\n"
            "{list}\n"
            "As an administrator, run:\n"
            "    apt-get update && apt-get install -y {packages}\n"
            "On other systems, install what holds the files named above."
        ),
        (
            "Detta saknas och kan inte installeras härifrån:\n"
            "{list}\n"
            "Kör som administratör:\n"
            "    apt-get update && apt-get install -y {packages}\n"
            "På andra system: installera det som innehåller filerna ovan."
        ),
    ),
    "without_sound": (
        "There will be no sound (apt-get install {packages}); colours and words say the same.",
        "Det blir inget ljud (apt-get install {packages}); färg och text säger samma sak.",
    ),
    "without_wayland": (
        "There will be no window on Wayland, only on X11 (apt-get install {packages}).",
        "Det blir inget fönster i Wayland, bara i X11 (apt-get install {packages}).",
    ),
    "without_kernel": (
        "The devices are not tried on a real kernel (apt-get install {packages}).",
        "Enheterna provas inte mot en riktig kärna (apt-get install {packages}).",
    ),
    "loopback_down": (
        (
            "The loopback interface of this machine is down: the demo and the checks cannot reach "
            "their own account service. As an administrator, run: ip link set lo up"
        ),
        (
            "Datorns loopback-gränssnitt är nere: demon och kontrollerna når inte sin egen "
            "kontotjänst. Kör som administratör: ip link set lo up"
        ),
    ),
    "waiting_for_other": (
        "Another set-up of this folder is running; waiting for it.",
        "En annan körning gör i ordning den här mappen; väntar på den.",
    ),
    "getting_uv": (
        "Getting uv {version}, which installs the locked packages.",
        "Hämtar uv {version}, som installerar de låsta paketen.",
    ),
    "syncing": (
        "Setting up .venv from uv.lock (the first time takes some minutes).",
        "Gör i ordning .venv enligt uv.lock (första gången tar det några minuter).",
    ),
    "healing": (
        "An earlier set-up was broken off, or the folder was moved: .venv is made anew.",
        "En tidigare körning avbröts, eller mappen har flyttats: .venv görs om från början.",
    ),
    "lock_unreadable": (
        "{path} cannot be read ({reason}). Restore it: git checkout uv.lock pyproject.toml",
        ("{path} kan inte läsas ({reason}). Återställ den: git checkout uv.lock pyproject.toml"),
    ),
    "no_wheel": (
        (
            "There is no uv {version} for this machine ({platform}). Install uv {version} "
            "another way and put it on the PATH."
        ),
        (
            "Det finns ingen uv {version} för den här maskinen ({platform}). Installera uv "
            "{version} på annat sätt och lägg den i PATH."
        ),
    ),
    "download_failed": (
        (
            "{url} could not be fetched: {reason}. Check the network (and SSL_CERT_FILE behind "
            "a proxy) and run again, or install uv {version} yourself and put it on the PATH."
        ),
        (
            "{url} kunde inte hämtas: {reason}. Kontrollera nätverket (SSL_CERT_FILE bakom en "
            "proxy) och kör igen, eller installera uv {version} själv och lägg den i PATH."
        ),
    ),
    "wrong_hash": (
        ("{url} is not what uv.lock says (SHA-256 {found}, expected {expected}): it is not used."),
        (
            "{url} är inte det som uv.lock anger (SHA-256 {found}, väntat {expected}) och "
            "används inte."
        ),
    ),
    "sync_failed": (
        (
            "The packages could not be installed (uv ended with {code}); its reason stands "
            "above. The next run tries again."
        ),
        (
            "Paketen kunde inte installeras (uv slutade med {code}); skälet står ovanför. "
            "Nästa körning försöker igen."
        ),
    ),
    "not_writable": (
        "{path} cannot be written: {reason}. The set-up needs to write in its own folder.",
        "{path} kan inte skrivas: {reason}. Programmet behöver få skriva i sin egen mapp.",
    ),
    "inside_environment": (
        (
            "This Python belongs to the .venv that must be made anew. Run this with another: "
            "/usr/bin/python3 installer/bootstrap.py"
        ),
        (
            "Denna Python hör till den .venv som måste göras om. Kör med en annan: "
            "/usr/bin/python3 installer/bootstrap.py"
        ),
    ),
}


def language(environ: Mapping[str, str]) -> str:
    """Return "sv" or "en", as the first locale variable that is set asks for."""
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        if environ.get(name):
            return "sv" if environ[name].lower().startswith("sv") else "en"
    return "en"


def text(key: str, environ: Mapping[str, str], **fields: object) -> str:
    """Return the sentence of a key with its fields filled in, in the user's language."""
    english, swedish = TEXTS[key]
    return (swedish if language(environ) == "sv" else english).format(**fields)


def tell(key: str, **fields: object) -> None:
    """Say a sentence on standard error; what a poor terminal cannot show is replaced."""
    line = text(key, os.environ, **fields)
    encoding = sys.stderr.encoding or "ascii"
    print(line.encode(encoding, "replace").decode(encoding), file=sys.stderr, flush=True)
