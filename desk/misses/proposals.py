"""Replies proposed for the library: held against the rules and the lint before they are stored, decided by a leader."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import Enum
from typing import Any

from pydantic import ValidationError

from contracts.errors import InputError, NotFound
from contracts.finding import Finding, Verdict
from contracts.masking import mask
from contracts.platform import Platform
from contracts.reply import Reply
from contracts.shop import Shop
from contracts.taxonomy import Taxonomy
from contracts.text import clean_optional, normalise
from desk.assembly import Desk
from desk.clock import Clock, utc_now
from desk.outgoing import TooLate
from desk.replies.lint import TextFault, text_faults
from desk.replies.rules import findings
from desk.replies.search import search
from desk.send import Blocked
from desk.shops import Shops
from desk.storage.conversations import new_id
from desk.storage.database import Database
from desk.storage.ledger import record
from desk.storage.missed import texts_of
from desk.storage.proposals import (
    Proposal,
    ProposalState,
    add_proposal,
    get_proposal,
    proposals_of,
    settle_proposal,
)
from desk.storage.shops import lock_shop
from files.records import faults_of
from retrieval.library import Library
from retrieval.reply_record import ReplyRecord

MOST_LISTED = 500
MOST_ACCEPTED = 10_000
MOST_QUESTIONS = 30
_CLOSE = 0.9
"""Cosine from which a reply that is there is named beside a proposal."""


class Faulty(InputError):
    """A draft that can be no reply; `field` says where."""

    def __init__(self, field: str, message: str) -> None:
        super().__init__(f"{field}: {message}")
        self.field = field


@dataclass(frozen=True)
class ReplyDraft:
    """What somebody proposes. `when` are states as a reply's file writes them; `lines` ids of buyers' lines."""

    topic: str
    text: str
    questions: tuple[str, ...] = ()
    when: Mapping[str, Any] = field(default_factory=dict)
    lines: tuple[str, ...] = ()


class Likeness(str, Enum):
    """How near a reply that is there comes to a proposal."""

    SAME = "same"
    NEARLY = "nearly"


@dataclass(frozen=True)
class Judged:
    """A proposal with what the rules only warn of, what the lint would say, and replies that say it already."""

    proposal: Proposal
    findings: tuple[Finding, ...]
    faults: tuple[TextFault, ...]
    alike: tuple[tuple[Likeness, Reply], ...]


@dataclass(frozen=True)
class Proposals:
    """Stores and decides proposals; safe to use from several threads."""

    database: Database
    desk: Desk
    taxonomy: Taxonomy
    clock: Clock = utc_now

    def propose(self, shop: Shop, draft: ReplyDraft, agent: str) -> Judged:
        """Store a draft as an open proposal.

        Raises Faulty for what can be no reply, Blocked for a text that a rule stops, ServiceDown.
        """
        proposal = self._made(shop, draft, agent)
        reply = reply_of(proposal, shop.platform, self.taxonomy)
        found = tuple(dict.fromkeys(finding for _, finding in findings(reply, self.desk.checker)))
        verdict = Verdict((*found, *self._own(reply, shop, found)))
        if verdict.blocked:
            raise Blocked(verdict)
        with self.database.transaction() as connection:
            lock_shop(connection, shop.id)
            add_proposal(connection, proposal)
            body = {"proposal": proposal.id, "topic": proposal.topic, "text": proposal.text}
            record(connection, shop.id, proposal.made_at, agent, "proposed", body)
        return Judged(proposal, verdict.findings, tuple(text_faults(reply)), tuple(self._alike(reply, shop.platform)))

    def of(self, shop: str, state: ProposalState | None = None) -> tuple[Proposal, ...]:
        """The latest proposals of a shop, in a state or in any. Raises ServiceDown."""
        with self.database.reading() as connection:
            return proposals_of(connection, shop, state, MOST_LISTED)

    def decide(self, shop: str, proposal: str, state: ProposalState, agent: str, note: str) -> Proposal:
        """Accept or decline. Raises NotFound, TooLate for one that was decided before, ServiceDown."""
        said, now = clean_optional(note)[:500], self.clock()
        with self.database.transaction() as connection:
            lock_shop(connection, shop)
            if get_proposal(connection, shop, proposal) is None:
                raise NotFound("not found")
            if not settle_proposal(connection, proposal, state, agent, now, said):
                raise TooLate("this proposal was decided already")
            record(connection, shop, now, agent, "proposal_decided", {"proposal": proposal, "state": state.value})
            settled = get_proposal(connection, shop, proposal)
        if settled is None:
            raise RuntimeError("a proposal went away while its shop was locked")
        return settled

    def _made(self, shop: Shop, draft: ReplyDraft, agent: str) -> Proposal:
        if draft.topic not in self.taxonomy:
            raise Faulty("topic", f"unknown topic {draft.topic!r}")
        questions = tuple(dict.fromkeys(mask(said) for said in map(clean_optional, draft.questions) if said))
        with self.database.reading() as connection:
            lines = texts_of(connection, shop.id, list(draft.lines))
        if not questions:
            questions = tuple(dict.fromkeys(map(mask, lines.values())))
        if not questions:
            raise Faulty("questions", "say at least once how buyers ask this")
        name = new_id()
        return Proposal(
            id=name,
            shop=shop.id,
            reply_id=f"{draft.topic.replace('/', '.')}.{shop.platform.value}-{name[:8]}",
            topic=draft.topic,
            text=clean_optional(draft.text),
            questions=questions[:MOST_QUESTIONS],
            conditions=dict(draft.when),
            lines=tuple(line for line in draft.lines if line in lines),
            made_by=agent,
            made_at=self.clock(),
        )

    def _own(self, reply: Reply, shop: Shop, found: tuple[Finding, ...]) -> tuple[Finding, ...]:
        """What the shop's own rules say besides."""
        verdict = self.desk.checker.check(reply.text, shop.platform, None, shop)
        known = {finding.clause for finding in found}
        own = {clause.id for clause in self.desk.checker.catalogue.own.get(shop.id, ())}
        return tuple(item for item in verdict.findings if item.clause in own - known)

    def _alike(self, reply: Reply, platform: Platform) -> Iterator[tuple[Likeness, Reply]]:
        """The replies of the library that say the same, or nearly so."""
        parts = self.desk.suggester.parts
        said = normalise(reply.text).text
        for hit in search(reply.text, parts.retriever, parts.encoder, platform, 3):
            if normalise(hit.reply.text).text == said:
                yield Likeness.SAME, hit.reply
            elif hit.reply.topic == reply.topic and hit.dense >= _CLOSE:
                yield Likeness.NEARLY, hit.reply


def reply_of(proposal: Proposal, platform: Platform, taxonomy: Taxonomy) -> Reply:
    """The proposal as a reply of the library, approved by whoever accepted it. Raises Faulty."""
    approved = proposal.decided_at or proposal.made_at
    record_ = {
        "id": proposal.reply_id,
        "topic": proposal.topic,
        "platforms": [platform.value],
        "text": proposal.text,
        "questions": list(proposal.questions),
        "when": proposal.conditions,
        "approved": {"by": proposal.decided_by or proposal.made_by, "on": approved.date()},
    }
    try:
        return ReplyRecord.model_validate(record_, context=taxonomy).reply()
    except ValidationError as error:
        place, message = next(iter(faults_of(error)))
        raise Faulty(str(place[0]) if place else "text", message) from None


def accepted_replies(
    database: Database, shops: Shops, taxonomy: Taxonomy, there: Library, shop: str | None = None
) -> tuple[Reply, ...]:
    """Accepted proposals that the library does not have yet, the oldest first, of a shop or of all known ones."""
    with database.reading() as connection:
        accepted = proposals_of(connection, shop, ProposalState.ACCEPTED, MOST_ACCEPTED)
    known = [proposal for proposal in reversed(accepted) if proposal.shop in shops.ids]
    replies = (reply_of(proposal, shops.find(proposal.shop).platform, taxonomy) for proposal in known)
    return tuple(reply for reply in replies if reply.id not in there)
