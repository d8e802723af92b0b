"""Trains the transformer recommender: batches of like length, early stopping on NDCG, checkpoints. Imports torch.

Every run with the same seed, data and options takes the same steps, also when it was cut off and taken up again.
"""

import math
import time
from collections.abc import Iterator, Sequence

import numpy as np
import torch
from numpy.typing import NDArray
from torch.nn import functional

from retail_ai.backends.recommenders.transformer_checkpoint import State, signature_of
from retail_ai.backends.recommenders.transformer_network import Network
from retail_ai.backends.recommenders.transformer_plan import Plan
from retail_ai.engine import metrics
from retail_ai.engine.tuning import held_out

Items = NDArray[np.int64]
WARM_STEPS = 100


def train(network: Network, sequences: Sequence[Items], plan: Plan) -> list[float]:
    """The best epoch's weights into the network; NDCG@10 on everyone's last item after each epoch."""
    device = network.items.weight.device
    optimizer = torch.optim.AdamW(network.parameters(), lr=plan.rate, weight_decay=plan.weight_decay, fused=True)
    asked = held_out(sequences, people=plan.people, seed=plan.seed)
    chosen = set(asked.tolist())
    walks = windows([s[:-1] if i in chosen else s for i, s in enumerate(sequences)], plan.longest)
    state = State(network, optimizer, plan, signature_of(network, sequences, plan))
    began, seconds = time.monotonic(), float("inf") if plan.seconds is None else plan.seconds
    for epoch in range(state.epoch, plan.epochs):
        if state.is_over() or not walks or time.monotonic() - began > seconds:
            break
        torch.manual_seed(plan.seed + epoch)
        network.train()
        cut = list(batches(walks, plan.batch, seed=plan.seed + epoch))
        for step, batch in enumerate(cut):
            done = max((epoch + step / len(cut)) / plan.epochs, (time.monotonic() - began) / seconds)
            optimizer.param_groups[0]["lr"] = plan.rate * pace(epoch * len(cut) + step, done)
            ids = padded(batch, network.n_items).to(device)
            optimizer.zero_grad(set_to_none=True)
            loss_of(network, ids, plan.negatives).backward()  # type: ignore[no-untyped-call]
            torch.nn.utils.clip_grad_norm_(network.parameters(), 1.0)
            optimizer.step()
            if time.monotonic() - began > seconds:
                break
        state.note(validate(network, [sequences[i] for i in asked], plan.longest), epoch + 1)
    state.finish()
    return state.heights


def pace(steps: int, done: float) -> float:
    """What the rate is multiplied by: it rises over the first steps and falls to nothing as all is ``done`` (0…1)."""
    return min((steps + 1) / WARM_STEPS, 1.0) * max(0.5 * (1 + math.cos(math.pi * min(done, 1.0))), 0.01)


def windows(sequences: Sequence[Items], longest: int) -> list[Items]:
    """Sequences of at least two items; a long one as windows of ``longest`` + 1 that slide by half of it."""
    found = []
    for sequence in sequences:
        ends = range(len(sequence), 1, -max(longest // 2, 1)) if len(sequence) > longest + 1 else [len(sequence)]
        for end in ends:
            found.append(np.asarray(sequence[max(end - longest - 1, 0) : end], dtype=np.int64))
            if end <= longest + 1:
                break
    return [walk for walk in found if len(walk) > 1]


def batches(walks: list[Items], size: int, *, seed: int) -> Iterator[list[Items]]:
    """All walks in random order, in batches of like length so that little is padded."""
    rng = np.random.default_rng(seed)
    order = rng.permutation(len(walks))
    pool = size * 50
    cut = []
    for start in range(0, len(order), pool):
        part = sorted(order[start : start + pool], key=lambda i: len(walks[i]))
        cut += [part[at : at + size] for at in range(0, len(part), size)]
    for place in rng.permutation(len(cut)):
        yield [walks[i] for i in cut[place]]


def padded(batch: Sequence[Items], filler: int) -> torch.Tensor:
    """(people, longest of them), filled up at the end."""
    rows = np.full((len(batch), max(map(len, batch))), filler, dtype=np.int64)
    for row, walk in enumerate(batch):
        rows[row, : len(walk)] = walk
    return torch.from_numpy(rows)


def loss_of(network: Network, ids: torch.Tensor, negatives: int) -> torch.Tensor:
    """Cross-entropy of each next item against all others, or against a batch's common random ones."""
    hidden, targets = network(ids[:, :-1]), ids[:, 1:]
    there = targets != network.n_items
    hidden, targets = hidden[there], targets[there]
    if not negatives or negatives >= network.n_items:
        return functional.cross_entropy(hidden @ network.items.weight[: network.n_items].T, targets)
    drawn = torch.randint(network.n_items, (negatives,), device=ids.device)
    others = hidden @ network.items.weight[drawn].T
    others = others.masked_fill(drawn[None, :] == targets[:, None], float("-inf"))
    own = (hidden * network.items.weight[targets]).sum(dim=1, keepdim=True)
    # The sample stands for all items: without this the positive would seem likelier than it is.
    others = others + np.log(network.n_items / negatives)
    return functional.cross_entropy(torch.cat([own, others], dim=1), torch.zeros_like(targets))


@torch.inference_mode()
def validate(network: Network, asked: Sequence[Items], longest: int) -> float:
    """NDCG@10 of everyone's last item among all they had not had."""
    network.eval()
    ranks = [np.zeros(0, dtype=np.int64)]
    for start in range(0, len(asked), 256):
        part = asked[start : start + 256]
        pasts = [sequence[:-1] for sequence in part]
        scores = scores_of(network, pasts, longest)
        ranks.append(metrics.ranks_of(scores, np.array([sequence[-1] for sequence in part]), pasts))
    return metrics.ndcg(np.concatenate(ranks), 10)


@torch.inference_mode()
def scores_of(network: Network, pasts: Sequence[Items], longest: int) -> NDArray[np.float32]:
    """(n histories) → (n, n_items); an empty history scores 0 everywhere."""
    network.eval()
    found = np.zeros((len(pasts), network.n_items), dtype=np.float32)
    able = [i for i, past in enumerate(pasts) if len(past)]
    for start in range(0, len(able), 256):
        rows = able[start : start + 256]
        cut = [np.asarray(pasts[i], dtype=np.int64)[-longest:] for i in rows]
        lengths = torch.tensor([len(walk) for walk in cut], device=network.items.weight.device)
        ids = padded(cut, network.n_items).to(network.items.weight.device)
        found[rows] = network.score_last(ids, lengths).float().cpu().numpy()
    return found
