from __future__ import annotations

import pytest
from argon2 import PasswordHasher

from contracts.errors import InputError
from desk.people.passwords import Passwords, one_time_password, strong_hasher
from tests.desk.people.crew import GOOD, cheap


@pytest.mark.parametrize(
    "password",
    [
        "",
        "short-1",
        "九个字的密码不够长",
        "lamp" * 51,
        "aaaaaaaaaaaa",
        "abababababab",
        "123456789012",
        "password1234",
        "Password2026!",
        "ｐａｓｓｗｏｒｄ１２３４",
        "woaini5201314",
        "1qaz2wsx3edc",
        "taobao888888",
        "wangxiaoli1990",
        "WangXiaoLi!!",
    ],
)
def test_what_somebody_would_try_first_is_refused(password: str) -> None:
    with pytest.raises(InputError, match="password"):
        cheap().refuse_weak(password, "wangxiaoli")


@pytest.mark.parametrize("password", [GOOD, "correct horse battery", "十个以上的汉字也可以用", "vT9-kuai-le-2"])
def test_what_is_hard_to_guess_is_taken(password: str) -> None:
    cheap().refuse_weak(password, "wangxiaoli")


def test_a_hash_fits_its_password_alone() -> None:
    passwords = cheap()
    stored = passwords.hash(GOOD)
    assert stored.startswith("$argon2id$")
    assert stored != passwords.hash(GOOD)
    assert passwords.matches(stored, GOOD)
    assert not passwords.matches(stored, GOOD + " ")
    assert not passwords.matches(None, GOOD)
    assert not passwords.matches("no hash", GOOD)


def test_two_keyboards_write_the_same_password() -> None:
    passwords = cheap()
    assert passwords.matches(passwords.hash("caf\u00e9 am Abend"), "cafe\u0301 am Abend")


def test_odd_characters_are_no_error() -> None:
    passwords = cheap()
    assert passwords.matches(passwords.hash("\ud800 \x00 lamp"), "\ud800 \x00 lamp")


def test_a_hash_with_other_parameters_is_outdated() -> None:
    stored = cheap(time_cost=1).hash(GOOD)
    assert not cheap(time_cost=1).outdated(stored)
    assert cheap(time_cost=2).outdated(stored)


def test_what_serves_is_strong() -> None:
    hasher = strong_hasher()
    assert isinstance(hasher, PasswordHasher)
    assert hasher.memory_cost >= 19 * 1024
    assert Passwords().hash("x").startswith("$argon2id$")


def test_one_time_passwords_are_good_enough_and_differ() -> None:
    first, second = one_time_password(), one_time_password()
    assert first != second
    cheap().refuse_weak(first, "admin")
