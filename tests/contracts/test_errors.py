from __future__ import annotations

import pytest

from contracts.errors import DataError, HuashuError, InputError, ServiceDown, SetupNeeded


@pytest.mark.parametrize(
    ("line", "field", "message"),
    [
        (None, None, "a.yml: is empty"),
        (7, None, "a.yml:7: is empty"),
        (None, "id", "a.yml: id: is empty"),
        (7, "id", "a.yml:7: id: is empty"),
    ],
)
def test_the_message_names_file_line_and_field(line: int | None, field: str | None, message: str) -> None:
    error = DataError("is empty", file="a.yml", line=line, field=field)
    assert str(error) == message
    assert (error.file, error.line, error.field, error.message) == ("a.yml", line, field, "is empty")


def test_each_error_has_the_reaction_of_its_family() -> None:
    assert issubclass(DataError, InputError)
    assert issubclass(SetupNeeded, ServiceDown)
    assert all(issubclass(kind, HuashuError) for kind in (InputError, ServiceDown))
    assert not issubclass(InputError, ServiceDown)
