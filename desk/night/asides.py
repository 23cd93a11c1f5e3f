"""What a line means for the morning beside a wish: a condition, a pause, a matter called off, what stays as it is."""

from __future__ import annotations

from dataclasses import replace

from contracts.forms import CANCEL, FormStatus
from desk.night.cancelling import cancels_matter, threatens
from desk.night.moment import Moment
from desk.night.staying import only_stays
from desk.night.taking_back import undecided
from desk.night.talk import Period, Want
from desk.night.which_orders import speaks_of_which, told_orders

CONDITION = "condition"
"""The point about what the buyer will do if something is not done."""
WHICH = "买家要取消其中的订单，哪一单取消、哪一单留着请看原话，取消前核对："
_UNDECIDED = "买家还没定要不要取消，发货和处理前请先问一声："
_OPEN = "买家还没定，办之前请先问一声："


def aside_noted(period: Period, moment: Moment) -> Period | None:
    """The period with a line that is no wish of its own, None when it may be one."""
    words = moment.said
    cancelling = bool(period.points(CANCEL))
    told = told_orders(words)
    if (told and (cancelling or "取消" in words)) or (cancelling and speaks_of_which(words)):
        return _of_which(period, words)
    if undecided(words) and (period.points(CANCEL) or _runs(period)):
        if not period.points(CANCEL):
            return period.asking("undecided", _OPEN, words)
        before = [said for point in period.points(CANCEL) for said in point.words]
        return period.answered(CANCEL).asking(CANCEL, _UNDECIDED, *before, words)
    if threatens(words):
        wants = period.wants or (Want("催着办，办不成就要退或取消", words),)
        return _with(period, wants).asking(CONDITION, "买家说了条件，请先办他要的事，办不成再问怎么办：", words)
    matter = cancels_matter(words)
    if matter is not None and not (period.form is not None and period.form.form is matter):
        wants = (*period.wants, Want(f"{matter.title}，买家说不办了", words))
        return _with(period, wants).asking("called_off", f"买家说{matter.title}不用办了，已经登记的请取消：", words)
    if only_stays(words) and period.wants:
        return period.asking("words", "买家还说：", words)
    return None


def is_aside(text: str) -> str:
    """Why the library has nothing to answer to a line, "" when it may."""
    if undecided(text) or threatens(text):
        return "买家说的是条件，或者还没定，留给客服"
    if cancels_matter(text) is not None:
        return "买家说有一件事不办了，已记下"
    return "买家说照旧，已记下" if only_stays(text) else ""


def _of_which(period: Period, words: str) -> Period:
    """With the line put to what was said of cancelling: only people can tell for sure which order is meant."""
    before = tuple(said for point in period.points(CANCEL) for said in point.words)
    wants = period.wants if any(want.topic == CANCEL for want in period.wants) else (*period.wants, Want(CANCEL, words))
    return _with(period.answered(CANCEL), wants).asking(CANCEL, WHICH, *before, words)


def _runs(period: Period) -> bool:
    return period.form is not None and period.form.status is not FormStatus.STOPPED


def _with(period: Period, wants: tuple[Want, ...]) -> Period:
    return replace(period, wants=wants)
