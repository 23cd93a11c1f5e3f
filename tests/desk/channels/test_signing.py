from __future__ import annotations

import pytest

from desk.channels import signing
from desk.channels.signing import WINDOW, is_signed, sign
from tests.desk.channels.outside import load_example

NOW = 1_763_600_000
BODY = '{"text":"能开专票吗"}'.encode()
SECRETS = ("a" * 32, "b" * 32)


def _holds(**other: object) -> bool:
    given = {
        "secrets": SECRETS,
        "timestamp": str(NOW),
        "signature": sign("a" * 32, NOW, BODY),
        "body": BODY,
        "now": NOW,
    }
    return is_signed(**{**given, **other})  # type: ignore[arg-type]


def test_what_was_signed_holds() -> None:
    assert _holds()


def test_each_of_the_secrets_opens() -> None:
    assert _holds(signature=sign("b" * 32, NOW, BODY))
    assert not _holds(signature=sign("c" * 32, NOW, BODY))


@pytest.mark.parametrize("off", [-WINDOW, -1, 1, WINDOW])
def test_inside_the_window_it_holds(off: int) -> None:
    assert _holds(now=NOW + off)


@pytest.mark.parametrize("off", [-WINDOW - 1, WINDOW + 1, 10**9])
def test_outside_the_window_it_does_not(off: int) -> None:
    assert not _holds(now=NOW + off)


@pytest.mark.parametrize(
    "other",
    [
        {"body": BODY + b" "},
        {"timestamp": str(NOW + 1)},
        {"timestamp": ""},
        {"timestamp": "-1"},
        {"timestamp": "1e9"},
        {"timestamp": f" {NOW}"},
        {"timestamp": "１７６３６０００００"},
        {"timestamp": "9" * 400},
        {"signature": ""},
        {"signature": sign("a" * 32, NOW, BODY).removeprefix("sha256=")},
        {"signature": sign("a" * 32, NOW, BODY).upper()},
        {"signature": "sha256=签名"},
        {"signature": "sha256=\ud800"},
        {"secrets": ()},
    ],
)
def test_anything_else_does_not(other: dict[str, object]) -> None:
    assert not _holds(**other)


def test_nobody_can_sign_for_a_shop_without_secrets() -> None:
    assert not _holds(secrets=(), signature=sign(signing._NOBODY, NOW, BODY))


def test_the_example_signs_and_verifies_alike() -> None:
    example = load_example()
    assert example.sign("a" * 32, NOW, BODY) == sign("a" * 32, NOW, BODY)
    assert example.verify("a" * 32, str(NOW), sign("a" * 32, NOW, BODY), BODY, NOW + WINDOW)
    assert not example.verify("a" * 32, str(NOW), sign("a" * 32, NOW, BODY), BODY, NOW + WINDOW + 1)
    assert not example.verify("a" * 32, "x", sign("a" * 32, NOW, BODY), BODY, NOW)
