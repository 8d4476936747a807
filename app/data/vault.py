"""Small secrets, such as the sync token: in the keyring, or inside the encrypted database."""

from app.data.compiled import vault as sql
from app.data.engine import Database
from app.data.keyrings import Ring
from app.data.keys import KeyKind, KeyPlace


class RingVault:
    """Secrets in the keyring, each under the home's own name."""

    def __init__(self, place: KeyPlace) -> None:
        self._ring = place.ring
        self._name_of = place.secret_name

    def get(self, name: str) -> str | None:
        """The secret, None where there is none.

        Raises:
            StoreFaultError: The keyring's codes.
        """
        return self._ring.get(self._name_of(name))

    def set(self, name: str, value: str) -> None:
        """Keep a secret.

        Raises:
            StoreFaultError: The keyring's codes.
        """
        self._ring.set(self._name_of(name), value)

    def delete(self, name: str) -> None:
        """Forget a secret; none is fine.

        Raises:
            StoreFaultError: The keyring's codes.
        """
        self._ring.delete(self._name_of(name))


class DatabaseVault:
    """Secrets in a table of the encrypted database, where there is no keyring."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def get(self, name: str) -> str | None:
        """The secret, None where there is none.

        Raises:
            StoreFaultError: The environment failed.
        """
        with self._database.reading() as connection:
            row = sql.GET.first(connection, of=name)
        return None if row is None else str(row[0])

    def set(self, name: str, value: str) -> None:
        """Keep a secret.

        Raises:
            StoreFaultError: The environment failed.
        """
        with self._database.writing() as connection:
            sql.SET.run(connection, name=name, value=value)

    def delete(self, name: str) -> None:
        """Forget a secret; none is fine.

        Raises:
            StoreFaultError: The environment failed.
        """
        with self._database.writing() as connection:
            sql.DELETE.run(connection, of=name)


def vault_of(place: KeyPlace, database: Database) -> Ring:
    """Where a home keeps its secrets: in in the keyring where its key lies there too."""
    return RingVault(place) if place.kind() is KeyKind.KEYRING else DatabaseVault(database)
