"""What a password may be: long enough, not the company's or the person's own words. No composition rule."""

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from guiyan.platform import here

SHORTEST, LONGEST = 12, 128


class LengthValidator:
    """12 to 128 characters, nothing cut off."""

    def validate(self, password: str, _user: Any = None) -> None:
        """Raises ValidationError outside the lengths."""
        if not SHORTEST <= len(password) <= LONGEST:
            raise ValidationError(
                _("A password has %(low)d to %(high)d characters. Use a sentence you remember.")
                % {"low": SHORTEST, "high": LONGEST}
            )

    def get_help_text(self) -> str:
        """The rule in words."""
        return _("12 to 128 characters; a sentence you remember is best.")


class CompanyWordsValidator:
    """Not built around the company's, the product's or the person's own name."""

    def validate(self, password: str, user: Any = None) -> None:
        """Raises ValidationError when more than a few characters are left without those words."""
        company = here.company_name()
        rest = password.lower()
        for word in ("guiyan", "归雁", company, getattr(user, "name", ""), getattr(user, "username", "")):
            rest = rest.replace(str(word).lower(), "") if word else rest
        if len(rest) < SHORTEST - 4:
            raise ValidationError(
                _("This is mostly the company's or your own name. Add words that nobody would guess.")
            )

    def get_help_text(self) -> str:
        """The rule in words."""
        return _("Not the company's or your own name.")
