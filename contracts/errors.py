"""Errors that a person may be shown: one class per reaction the caller can have."""

from __future__ import annotations

from functools import partial


class HuashuError(Exception):
    """Base of every error whose message is written for a user."""


class InputError(HuashuError):
    """Something the caller gave is not usable (command line exit 2, HTTP 422)."""


class DataError(InputError):
    """A file does not say what its format asks for; the message names file, line and field."""

    def __init__(self, message: str, *, file: str, line: int | None = None, field: str | None = None) -> None:
        self.file = file
        self.line = line
        self.field = field
        self.message = message
        place = file if line is None else f"{file}:{line}"
        super().__init__(f"{place}: {field}: {message}" if field else f"{place}: {message}")

    def __reduce__(self) -> tuple[object, ...]:
        """It passes between processes whole."""
        return partial(DataError, file=self.file, line=self.line, field=self.field), (self.message,)


class NotFound(InputError):
    """What was named is not there, or not there for the one who asks: the answer is the same (HTTP 404)."""


class Forbidden(HuashuError):
    """The one who asks is known and may not do this (HTTP 403)."""


class ServiceDown(HuashuError):
    """A service that is needed does not answer (command line exit 3, HTTP 503)."""


class SetupNeeded(ServiceDown):
    """Something that `huashu setup` makes is missing or was made for something else."""
