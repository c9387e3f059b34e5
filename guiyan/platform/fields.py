"""Encrypted columns and their blind indexes, as model fields."""

import uuid
from collections.abc import Callable
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.db import models

from guiyan.platform.crypto.seal import blind_index, seal, unseal

if TYPE_CHECKING:
    _Bytes = models.BinaryField[Any, Any]
else:  # the stubs are generic, the class itself is not
    _Bytes = models.BinaryField


def column_name(model: type[models.Model], field: str) -> str:
    """The name a seal is bound to: table.column."""
    return f"{model._meta.db_table}.{field}"


class SealedRow(models.Model):
    """Base of models with encrypted columns: `seal_id` names the row inside its ciphertexts."""

    seal_id = models.UUIDField(default=uuid.uuid4, editable=False, unique=True)

    class Meta:
        abstract = True


class Opened:
    """Descriptor: reading the attribute unseals it once for this row; assigning keeps the plain value."""

    def __init__(self, field: "EncryptedField") -> None:
        self.field = field

    def __get__(self, instance: Any, owner: Any = None) -> Any:
        if instance is None:
            return self
        if self.field.attname not in instance.__dict__:
            instance.refresh_from_db(fields=[self.field.attname])
        value = instance.__dict__[self.field.attname]
        if isinstance(value, bytes | memoryview):
            value = self.field.open(bytes(value), instance.seal_id)
            instance.__dict__[self.field.attname] = value
        return value

    def __set__(self, instance: Any, value: Any) -> None:
        instance.__dict__[self.field.attname] = value


class EncryptedField(_Bytes):
    """Base: Python value <-> text <-> sealed bytes. None stays NULL; look-ups go through a BlindIndex."""

    def contribute_to_class(self, cls: Any, name: str, private_only: bool = False) -> None:
        super().contribute_to_class(cls, name, private_only)
        setattr(cls, self.attname, Opened(self))

    def to_text(self, value: Any) -> str:
        return str(value)

    def from_text(self, text: str) -> Any:
        return text

    def open(self, token: bytes, seal_id: Any) -> Any:
        """Unseal one stored value, e.g. from `.values()` rows together with their seal_id."""
        plain = unseal(token, column=column_name(self.model, self.name), row=str(seal_id))
        return self.from_text(plain.decode())

    def close(self, value: Any, seal_id: Any) -> bytes:
        """Seal one value for a row; bulk writers use it directly."""
        return seal(self.to_text(value).encode(), column=column_name(self.model, self.name), row=str(seal_id))

    def pre_save(self, model_instance: Any, add: bool) -> Any:
        value = model_instance.__dict__.get(self.attname)
        if value is None or isinstance(value, bytes | memoryview):
            return value
        return self.close(value, model_instance.seal_id)

    def get_db_prep_value(self, value: Any, connection: Any, prepared: bool = False) -> Any:
        if value is not None and not isinstance(value, bytes | memoryview):
            raise TypeError(f"{self.name} is encrypted: save the row, or look it up by its blind index.")
        return super().get_db_prep_value(value, connection, prepared)


class EncryptedText(EncryptedField):
    """A C2–C4 text: phone, e-mail, ID or bank number, pay said in words."""


class EncryptedMoney(EncryptedField):
    """A C4 amount, Decimal CNY with two places."""

    def to_text(self, value: Any) -> str:
        return str(Decimal(value).quantize(Decimal("0.01")))

    def from_text(self, text: str) -> Decimal:
        return Decimal(text)


class BlindIndex(_Bytes):
    """Exact look-up for an encrypted text: `filter(phone_index=Model.index_of("phone_index", "+86138…"))`.

    `normalise` maps the plain value to the one form that is indexed ("" = no index).
    """

    def __init__(
        self, source: str = "", normalise: Callable[[str], str] | None = None, **kwargs: Any
    ) -> None:
        self.source, self.normalise = source, normalise
        kwargs.update(null=True, editable=False, db_index=True)
        super().__init__(**kwargs)

    def deconstruct(self) -> Any:
        name, path, args, kwargs = super().deconstruct()
        for forced in ("null", "editable", "db_index"):
            kwargs.pop(forced, None)
        return name, path, args, {**kwargs, "source": self.source}

    def of(self, value: str | None) -> bytes | None:
        """The index of a plain value in the current company, or None when there is nothing to index."""
        plain = (self.normalise(value) if self.normalise else value) if value else ""
        return blind_index(plain, column=column_name(self.model, self.source)) if plain else None

    def pre_save(self, model_instance: Any, add: bool) -> Any:
        raw = model_instance.__dict__.get(self.source)
        if isinstance(raw, bytes | memoryview):
            return super().pre_save(model_instance, add)
        value = self.of(raw)
        setattr(model_instance, self.attname, value)
        return value


def index_of(model: type[models.Model], field: str, value: str | None) -> bytes | None:
    """The blind index to filter `model.field` by, for a plain value."""
    found = model._meta.get_field(field)
    if not isinstance(found, BlindIndex):
        raise TypeError(f"{field} is no blind index.")
    return found.of(value)
