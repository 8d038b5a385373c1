"""What a site can plug in to have signers prove who they are."""

from zope.interface import Attribute
from zope.interface import Interface


class IReauthentication(Interface):
    """A way to prove at the moment of signing that the caller is who is logged in.

    A named utility; the name is the id of the method. ``password`` and ``totp`` come with eqms; a
    site with single sign-on registers its own. Which ones count is a setting of the site.
    """

    title = Attribute("What the method asks for, as a message (label of the field)")
    wrong = Attribute("What a person reads after a wrong secret, as a message")

    def confirms(person: str, secret: str) -> bool:
        """Whether the secret proves, looked at afresh, that this person is at the keyboard.

        Never logs or keeps the secret.
        """
