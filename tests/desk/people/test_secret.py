from __future__ import annotations

from desk.people.secret import digest_of, new_secret, same


def test_secrets_differ_and_are_long() -> None:
    assert new_secret() != new_secret()
    assert len(new_secret()) >= 43


def test_a_digest_is_not_the_secret() -> None:
    secret = new_secret()
    assert digest_of(secret) == digest_of(secret)
    assert secret not in digest_of(secret)
    assert len(digest_of("\ud800")) == 64


def test_equal_or_not_whatever_the_characters() -> None:
    assert same("a", "a")
    assert not same("a", "b")
    assert not same("a", "é\ud800")
