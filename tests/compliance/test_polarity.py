from __future__ import annotations

import pytest

from compliance.polarity import Stance, stance
from compliance.reading import read


def stand(text: str, claim: str) -> Stance:
    reading = read(text)
    start = reading.text.index(claim)
    return stance(reading, start, start + len(claim))


@pytest.mark.parametrize(
    ("text", "claim"),
    [
        ("要票的话加6个点", "加6个点"),
        ("不加税点就是有个服务费", "服务费"),
        ("不补差价的话开不了票", "开不了票"),
        ("没有税号就开不了票", "开不了票"),
        ("我们不是不收税点", "收税点"),
        ("没有不收税点的", "收税点"),
        ("您说的发票开不了哦", "开不了"),
        ("别家要加,我们也要加6个点", "加6个点"),
        ("没问题,加6个点就行", "加6个点"),
        ("不着急加我微信", "加我微信"),
        ("要不加个微信", "加个微信"),
        ("加我微信聊。谨防诈骗", "加我微信"),
        ("您加我微信吧。不着急的", "加我微信"),
        ("收税点的哦。不是我们定的", "收税点"),
    ],
)
def test_claims_stand(text: str, claim: str) -> None:
    assert stand(text, claim) is Stance.CLAIMED


@pytest.mark.parametrize(
    ("text", "claim"),
    [
        ("不收税点", "收税点"),
        ("不会另外再收您任何税点", "收您任何税点"),
        ("没有开票要加点的说法", "加点"),
        ("不是不能开", "不能开"),
        ("不会不开的", "不开"),
        ("没有不给开的", "不给开"),
        ("不存在满100才开的情况", "满100才"),
        ("您说的加税点是没有的", "加税点"),
        ("扫码付款我们没有的", "扫码付款"),
        ("请不要扫陌生二维码", "二维码"),
        ("不明二维码请不要扫", "二维码"),
        ("有骗子让您转账,谨防诈骗", "转账"),
        ("不会因为退店就不管您", "不管您"),
        ("我们不发站外链接和二维码", "二维码"),
        ("请勿加微信、qq", "qq"),
        ("高仿a货这些咱家不碰的", "高仿"),
        ("4折改不了的", "4折"),
        ("二维码发不了也不发", "二维码"),
        ("补邮那个链接不用拍", "补邮那个链接"),
        ("脑残这种话咱别说啦", "脑残"),
        ("集中开不等于不开", "不开"),
        ("谁说我们不开票的", "不开票"),
        ("线下收钱是红线", "线下收钱"),
    ],
)
def test_denials_do_not(text: str, claim: str) -> None:
    assert stand(text, claim) is not Stance.CLAIMED


@pytest.mark.parametrize(
    ("text", "claim"),
    [
        ("别家要加6个点,我们不加", "加6个点"),
        ("您担心不支持信用卡?支持的", "不支持信用卡"),
        ("您问是不是不给开票,不是的哦", "不给开票"),
        ("加税点吗?不加的", "加税点"),
        ("加税点吗。不加的", "加税点"),
        ("有人让您转账请别信", "转账"),
        ("开不开票都这个数", "不开票"),
        ("带票不带票都一个价", "不带票"),
        ("您截图里写“不提供发票”的是别的店铺", "不提供发票"),
        ("“不要票便宜几块”这种话别信", "不要票便宜"),
        ("您之前那家不让刷信用卡?我家让的", "不让刷信用卡"),
        ("后果自负说的是超剂量的情况", "后果自负"),
        ("包裹里要是有让您扫码的卡片,不是我们放的", "扫码"),
    ],
)
def test_what_others_say_is_reported(text: str, claim: str) -> None:
    assert stand(text, claim) is not Stance.CLAIMED


@pytest.mark.parametrize(
    "text",
    ["客服說“加6个点”那种話不作数的", "客 服 说 “ 加 6 个 点 ” 那 种 话 不 作 数 的", "“加6个点”这种话不是我们说的"],
)
def test_quotation_marks_are_seen_through_a_disguise(text: str) -> None:
    assert stand(text, "加6个点") is Stance.REPORTED


def test_words_to_be_written_are_claimed_in_quotation_marks_too() -> None:
    assert stand("票上写“劳保用品”行不", "劳保用品") is Stance.CLAIMED


def test_a_confirmed_quotation_is_a_claim() -> None:
    assert stand("您问要不要加6个点,是的", "加6个点") is Stance.CLAIMED
