"""The questions that one buyer line strings together: which of them have a safe answer, and which are left."""

from __future__ import annotations

import re
from collections.abc import Sequence

from contracts.answer import Suggestion
from contracts.taxonomy import intent_of
from desk.night.asking import Asker
from desk.night.filling import Filling, leaves_open
from desk.night.reading import Reading
from desk.night.talk import Talk
from desk.night.wording import asks

_OFFER = re.compile(
    r"(?:那|就|给|算)*\d+(?:\.\d+)?(?:块钱?|元|rmb)?(?:一?[个件份套条双])?(?:能?卖|出|走|成|行|可以|拿|买|给|要|包邮)"
)
_QUESTION = 4
"""Characters of a part of a line that may be a question about another matter."""
_ABOUT = 0.5
"""Probability of a topic at which a part of a line is a question of its own."""
_ECHO = 0.25
"""Probability that its topic must have in the whole line."""
_SURER = 0.9
"""Confidence that the answer to a part needs: a part stands out of its context."""
_COVERED = 0.6
"""Probability that the topics of all its parts must have in the whole line together."""


class Questions:
    """Reads the questions of a line one by one."""

    def __init__(self, asker: Asker) -> None:
        self._asker = asker

    def one_by_one(
        self, talk: Talk, reading: Reading, opens_at: str
    ) -> tuple[tuple[Suggestion, ...], tuple[Reading, ...]]:
        """The safe answers to the questions that the line strings together, and the questions that are left.

        A part counts where the line as a whole was read as being about its topic too; the parts must cover what the
        line was read as, and what it is mainly about must have an answer. One question among other words is none of
        these: the words around it change its meaning.
        """
        read = [self._asker.part(talk, part, opens_at) for part in self._asker.parts(reading)]
        asked = [part for part in read if self._asks(part, reading)]
        topics = {part.topic for part in asked}
        covered = reading.topic in topics and reading.probabilities.total(topics) >= _COVERED
        reported = reading.has("hearsay")  # the question behind it is whether what others say is true
        if len(topics) < 2 or not covered or reported or any(part.alarm or part.has("person") for part in read):
            return (), ()
        safe = [part for part in asked if not self._asker.refusal(talk, part, part.text) and part.surest >= _SURER]
        if all(part.topic != reading.topic for part in safe):
            return (), ()
        if len(safe) > 1 and not self._asker.speaks_well(talk, safe):
            safe = safe[:1]
        best = {part.answer.suggestions[0].candidate.reply.id: part.answer.suggestions[0] for part in safe}
        settled = {intent_of(item.candidate.reply.topic) for item in best.values()}
        rest = [part for part in asked if part not in safe]
        same = [part for part in rest if intent_of(part.topic) in settled]
        other = [part for part in rest if part not in same]
        return tuple(best.values()), (*same, *self._unsettled(talk, reading, other, settled, opens_at))

    def beside(
        self, talk: Talk, reading: Reading, answers: tuple[Suggestion, ...], filling: Filling | None, opens_at: str
    ) -> tuple[Reading, ...]:
        """The questions of a line that are about another matter than its answer and its form."""
        parts = self._asker.parts(reading)
        if len(parts) < 2 or reading.alarm or reading.has("person") or reading.small_talk or reading.impaired:
            return ()
        settled = {intent_of(item.candidate.reply.topic) for item in answers}
        settled |= {intent_of(topic) for topic in filling.step.state.form.topics} if filling else set()
        read = [self._asker.part(talk, part, opens_at) for part in parts if len(part) >= _QUESTION and asks(part)]
        other = [part for part in read if part.business and part.probabilities.of_name(part.topic) >= _ABOUT]
        state = filling.step.state if filling is not None and not answers else None
        apart = self._unsettled(talk, reading, other, settled, opens_at)
        ours = [part for part in read if part not in apart and state is not None and leaves_open(state, part)]
        return (*ours, *apart)

    def half(self, talk: Talk, reading: Reading, opens_at: str) -> str:
        """Why the best reply answers no more than one of the questions that the line strings together, "" for none."""
        topic = reading.answer.suggestions[0].candidate.reply.topic
        asked = [part for part in self._asker.parts(reading) if asks(part)]
        if len(asked) < 2:
            return ""
        read = [self._asker.part(talk, part, opens_at) for part in asked]
        other = [part for part in read if part.topic != topic and part.business]
        if all(part.probabilities.of_name(part.topic) < _ABOUT for part in other):
            return ""
        return "一句话里有几个问题，这条话术只答得上一个"

    def _unsettled(
        self, talk: Talk, whole: Reading, asked: Sequence[Reading], settled: set[str], opens_at: str
    ) -> tuple[Reading, ...]:
        """Those of some questions that are about another intent, in the light of the words before them too."""
        left = []
        for part in asked:
            if "discount" in settled and _OFFER.match(part.text):
                continue  # a price offered in bargaining is no question of its own
            before = whole.text.partition(part.text)[0]
            read = [part, *([self._asker.part(talk, part.text, opens_at, before)] if before else [])]
            if all(intent_of(one.topic) not in settled for one in read):
                left.append(part)
        return tuple(left)

    def _asks(self, part: Reading, whole: Reading) -> bool:
        sure = part.probabilities.of_name(part.topic) >= _ABOUT
        return part.business and sure and whole.probabilities.of_name(part.topic) >= _ECHO
