"""The people of the demo."""

from collections.abc import Mapping
from eqms.demo import facts
from plone import api
import secrets


def add_people(accounts: Mapping[str, str]) -> dict[str, str]:
    """Make everybody; returns the passwords by login.

    :param accounts: passwords of those that visitors may log in as; the others get one that
        nobody is told, and sign with it while the demo is loaded
    """
    passwords = {}
    for person in facts.people():
        passwords[person.login] = accounts.get(person.login) or secrets.token_urlsafe(24)
        api.user.create(
            username=person.login,
            email=f"{person.login}@example.vn",
            password=passwords[person.login],
            properties={"fullname": person.name, "description": person.position},
        )
        if person.roles:
            api.user.grant_roles(username=person.login, roles=list(person.roles))
    return passwords
