"""Enrolment: from a code that somebody hands over to a token in the operating system's keyring."""

import logging
from dataclasses import dataclass, field
from typing import Annotated, Final
from uuid import UUID

import msgspec

from app.services.ports import Vault
from app.sync.address import service_address
from app.sync.client import ServiceClient
from app.sync.errors import SyncFaultError
from app.sync.transport import PATIENCE, Patience

log = logging.getLogger("repair_bench.sync.credentials")

VAULT_NAME: Final = "account-service"
"""Under which name the vault keeps the credentials."""
MAX_CODE: Final = 200
MAX_BENCH_NAME: Final = 100


@dataclass(frozen=True, slots=True)
class Credentials:
    """What signs a bench in; kept as one secret, so that a token never meets another's URL.

    Attributes:
        url: The service.
        organisation_id: Whose journal it keeps.
        organisation_name: Their name for people.
        token: Empty once the bench has signed out.
    """

    url: str
    organisation_id: str
    organisation_name: str
    token: Annotated[str, msgspec.Meta(pattern="^[!-~]*\\Z")] = field(repr=False)


def enrol(
    vault: Vault,
    url: str,
    code: str,
    *,
    bench_id: UUID,
    name: str,
    patience: Patience = PATIENCE,
) -> Credentials:
    """Enrol this bench and keep its token.

    Args:
        vault: Where the token goes.
        url: The service, as typed.
        code: The code, as typed.
        bench_id: This bench.
        name: Its name for people; the bench's id where it has none.
        patience: How long the service may take.

    Raises:
        SyncFaultError: ``url_invalid``, ``tls_required``, ``code_unknown``, ``code_used``,
            ``code_expired``, ``other_organisation`` (this bench's journal belongs to another
            organisation, and must not reach this one) or as `ServiceClient.push`. The vault is as
            it was.
    """
    address = service_address(url)
    code = code.strip()
    if not 0 < len(code) <= MAX_CODE:
        raise SyncFaultError("code_unknown")
    shown = name.strip()[:MAX_BENCH_NAME] or str(bench_id)
    with ServiceClient(address, patience=patience) as client:
        answer = client.enrol(code, bench_id=bench_id, name=shown)
    before = _kept(vault)
    if before is not None and before.organisation_id != answer.organisation_id:
        raise SyncFaultError("other_organisation", {"organisation": before.organisation_name})
    credentials = Credentials(
        url=address.url,
        organisation_id=answer.organisation_id,
        organisation_name=answer.organisation_name,
        token=answer.token,
    )
    vault.set(VAULT_NAME, msgspec.json.encode(credentials).decode())
    log.info("enrolled at %s", address.url)
    return credentials


def credentials_of(vault: Vault) -> Credentials | None:
    """What the bench signs in with, None where it is not enrolled."""
    kept = _kept(vault)
    return kept if kept is not None and kept.token else None


def sign_out(vault: Vault) -> None:
    """Forget the token; whose journal this is stays known, for the next enrolment."""
    kept = _kept(vault)
    if kept is not None:
        signed_out = Credentials(kept.url, kept.organisation_id, kept.organisation_name, token="")
        vault.set(VAULT_NAME, msgspec.json.encode(signed_out).decode())


def connected(vault: Vault, patience: Patience = PATIENCE) -> ServiceClient | None:
    """A client that is signed in, None where the bench is not enrolled; to be closed by the caller.

    Raises:
        SyncFaultError: ``url_invalid`` or ``tls_required``.
    """
    credentials = credentials_of(vault)
    if credentials is None:
        return None
    return ServiceClient(service_address(credentials.url), credentials.token, patience)


def _kept(vault: Vault) -> Credentials | None:
    text = vault.get(VAULT_NAME)
    if text is None:
        return None
    try:
        return msgspec.json.decode(text, type=Credentials)
    except (msgspec.DecodeError, UnicodeError):
        log.warning("the stored enrolment cannot be read: the bench must be enrolled again")
        return None
