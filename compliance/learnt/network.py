"""The network of the learnt check and how it is taught. Needs torch: set-up only.

The encoder is fine-tuned together with a hidden layer over reply, buyer's line and state, for two questions: which
rule a line is about (a softmax), and whether it breaks it (a logistic output for all rules and one of each rule's own).
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn
from torch.nn import functional

from compliance.learnt.head import ASKED_LENGTH, LAYERS, SAID_LENGTH, Head, Scores
from learning.vocabulary import Floats

_NEVER = -1e4
"""Log odds of what cannot be."""
_MOST = 20.0
"""A line costs no more than this."""
_BATCH_TOLD = 256


class Trainable(Protocol):
    """A module that encodes texts and learns."""

    @property
    def dimension(self) -> int:
        """Numbers of a vector."""
        ...

    def __call__(self, texts: Sequence[str], /) -> Tensor:
        """Vectors (texts, dimension), each of length 1; zeros for a text that is empty."""
        ...

    def parameters(self) -> Iterator[nn.Parameter]:
        """What is trained."""
        ...


@dataclass(frozen=True)
class Recipe:
    """How the network is trained; docs/benchmarks/learnt-check.md has the measurements."""

    epochs: int = 4
    batch: int = 64
    rate: float = 1e-3
    """Step size of the encoder, at its highest; it rises over `warm_up` batches and then falls to nothing."""
    head_rate: float = 2e-3
    warm_up: int = 100
    decay: float = 0.1
    clip: float = 1.0
    dropout: float = 0.2
    state: int = 64
    hidden: int = 256
    naming: float = 0.5
    """What naming the rule counts beside telling the breach."""
    seed: int = 7
    threads: int = 1
    """Two on a busy machine wait for each other spinning."""


@dataclass(frozen=True)
class Course:
    """Lines to learn from, each array with a row for each line.

    `said` and `asked` are the reply and the buyer's line ("" where there is none), `states` (lines, keys) what is known
    of the order, `here` and `open` (lines, rules) whether a rule holds on the platform and whether the state lets it be
    broken, `rule` the number of the rule that the line is about (0 for none), `breach` whether it breaks it.
    """

    said: Sequence[str]
    asked: Sequence[str]
    states: Floats
    here: NDArray[np.bool_]
    open: NDArray[np.bool_]
    rule: NDArray[np.intp]
    breach: NDArray[np.bool_]

    def __len__(self) -> int:
        return len(self.said)

    def __getitem__(self, places: NDArray[np.intp]) -> Course:
        said, asked = ([texts[place] for place in places] for texts in (self.said, self.asked))
        arrays = (self.states, self.here, self.open, self.rule, self.breach)
        return Course(said, asked, *(array[places] for array in arrays))  # type: ignore[arg-type]  # one type each


class RuleNetwork(nn.Module):
    """An encoder with the head that judges; `keys` is the number of columns of a state."""

    def __init__(self, body: Trainable, keys: int, rules: int, recipe: Recipe) -> None:
        super().__init__()
        self.body = body
        inputs = 2 * body.dimension + recipe.state
        self._state = nn.Linear(keys, recipe.state)
        self._hidden = nn.Linear(inputs, recipe.hidden)
        self._rule = nn.Linear(inputs + recipe.hidden, rules)
        self._any = nn.Linear(inputs + recipe.hidden, 1)
        self._own = nn.Linear(inputs + recipe.hidden, rules)
        self._dropout = nn.Dropout(recipe.dropout)

    def forward(self, lines: Course) -> tuple[Tensor, Tensor]:
        """Log odds (lines, rules) of each rule being meant, and of its being broken."""
        vectors = self.body([*lines.said, *lines.asked])
        said, asked = vectors[: len(lines)], vectors[len(lines) :]
        state = self._state(torch.from_numpy(lines.states))
        inputs = self._dropout(torch.cat([said * SAID_LENGTH, asked * ASKED_LENGTH, state], 1))
        hidden = self._dropout(functional.relu(self._hidden(inputs)))
        whole = torch.cat([inputs, hidden], 1)
        return self._rule(whole), self._any(whole) + self._own(whole)

    def loss(self, lines: Course, naming: float) -> Tensor:
        """What the lines cost: naming the rule, the breach of the rule known, and the breach of any open one."""
        rule, breach = self(lines)
        about, broken = torch.from_numpy(lines.rule), torch.from_numpy(lines.breach.astype(np.float32))
        named = functional.log_softmax(rule.masked_fill(~torch.from_numpy(lines.here), _NEVER), -1)
        own = functional.binary_cross_entropy_with_logits(
            breach.gather(1, about[:, None])[:, 0], broken, (about > 0).float(), reduction="sum"
        )
        joint = (named + functional.logsigmoid(breach)).masked_fill(~torch.from_numpy(lines.open), _NEVER)
        anywhere = torch.logsumexp(joint, -1).clamp(max=-1e-6)
        whole = -(broken * anywhere + (1 - broken) * torch.log1p(-anywhere.exp()))
        known = (about > 0).sum().clamp(min=1)
        return naming * functional.nll_loss(named, about) + own / known + whole.clamp(max=_MOST).mean()

    def head(self, states: tuple[str, ...]) -> Head:
        """The part above the encoder, as arrays; `states` are the columns of a state."""
        own = nn.Linear(self._own.in_features, self._own.out_features)
        own.weight.data = self._own.weight + self._any.weight
        own.bias.data = self._own.bias + self._any.bias
        layers: dict[str, Floats] = {}
        for name, layer in zip(LAYERS, (self._state, self._hidden, self._rule, own), strict=True):
            layers[name] = np.ascontiguousarray(layer.weight.detach().numpy().T)
            layers[f"{name}_bias"] = layer.bias.detach().numpy().copy()
        return Head(states, layers)

    def tell(self, lines: Course) -> list[Scores]:
        """The scores of each line."""
        self.eval()
        found: list[Scores] = []
        with torch.no_grad():
            for start in range(0, len(lines), _BATCH_TOLD):
                places = np.arange(start, min(start + _BATCH_TOLD, len(lines)))
                rules, breaches = self(lines[places])
                found += [Scores(rule, breach) for rule, breach in zip(rules.numpy(), breaches.numpy(), strict=True)]
        return found


def teach(body: Trainable, lines: Course, progress: Callable[[str], None], recipe: Recipe = Recipe()) -> RuleNetwork:
    """A network taught on lines; `body`, a torch module, is trained in place."""
    torch.manual_seed(recipe.seed)
    torch.set_num_threads(recipe.threads)
    network = RuleNetwork(body, lines.states.shape[1], lines.here.shape[1], recipe)
    network.train()
    optimiser = _optimiser(network, recipe)
    batches = math.ceil(len(lines) / recipe.batch)
    schedule = _schedule(optimiser, recipe.epochs * batches, recipe)
    order = np.random.default_rng(recipe.seed)
    for epoch in range(recipe.epochs):
        total = 0.0
        shuffled = order.permutation(len(lines))
        for start in range(0, len(lines), recipe.batch):
            loss = network.loss(lines[shuffled[start : start + recipe.batch]], recipe.naming)
            optimiser.zero_grad()
            loss.backward()  # type: ignore[no-untyped-call]  # torch leaves it untyped
            nn.utils.clip_grad_norm_(network.parameters(), recipe.clip)
            optimiser.step()
            schedule.step()
            total += float(loss.detach())
        progress(f"round {epoch + 1} of {recipe.epochs}, loss {total / batches:.2f}")
    return network


def _optimiser(network: RuleNetwork, recipe: Recipe) -> torch.optim.Optimizer:
    """AdamW over encoder and head, each at its own rate."""
    body = list(network.body.parameters())
    known = {id(parameter) for parameter in body}
    head = [parameter for parameter in network.parameters() if id(parameter) not in known]
    return torch.optim.AdamW(
        [
            {"params": body, "lr": recipe.rate, "weight_decay": recipe.decay},
            {"params": head, "lr": recipe.head_rate, "weight_decay": recipe.decay / 10},
        ],
        fused=True,
    )


def _schedule(optimiser: torch.optim.Optimizer, steps: int, recipe: Recipe) -> torch.optim.lr_scheduler.OneCycleLR:
    """Step sizes that rise in a line and then fall in one."""
    return torch.optim.lr_scheduler.OneCycleLR(
        optimiser,
        [recipe.rate, recipe.head_rate],
        total_steps=steps + 1,
        pct_start=min(0.5, recipe.warm_up / steps),
        anneal_strategy="linear",
        cycle_momentum=False,
        div_factor=100.0,
    )
