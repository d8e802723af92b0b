"""Many wordings of the sentences of a text as one tree of tokens, so that one pass of a model scores them all.

Wordings share their beginnings, and each sentence hangs on the first wording of those before it; a token sees its
ancestors alone. Tree attention as in SpecInfer (Miao et al. 2024). Holds no model; torch is handed in.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

Encode = Callable[[str], list[int]]


@dataclass(slots=True)
class TokenTree:
    """Tokens with their parents (-1: none) and depths; ``paths``: for each sentence and wording its nodes."""

    tokens: list[int] = field(default_factory=list)
    parents: list[int] = field(default_factory=list)
    depths: list[int] = field(default_factory=list)
    paths: list[list[list[int]]] = field(default_factory=list)

    def mask(self, width: int) -> NDArray[np.bool_]:
        """(width, width): which nodes each node sees; padding sees itself."""
        seen = np.eye(width, dtype=bool)
        for node, parent in enumerate(self.parents):
            if parent >= 0:
                seen[node] |= seen[parent]
        return seen


def build_tree(start: Sequence[int], places: Sequence[Sequence[str]], encode: Encode) -> TokenTree:
    """The tree of one text: the prompt's tokens, then each sentence's wordings."""
    tree, known = TokenTree(), dict[tuple[int, int], int]()

    def grow(node: int, tokens: Sequence[int]) -> list[int]:
        path = []
        for token in tokens:
            if (node, token) not in known:
                known[node, token] = len(tree.tokens)
                tree.tokens.append(token)
                tree.parents.append(node)
                tree.depths.append(tree.depths[node] + 1 if node >= 0 else 0)
            node = known[node, token]
            path.append(node)
        return path

    end = grow(-1, start)[-1]
    for number, place in enumerate(places):
        paths = [grow(end, encode(wording if number == 0 else f" {wording}")) for wording in place]
        tree.paths.append(paths)
        end = paths[0][-1] if paths[0] else end
    return tree


def score_trees(torch: Any, model: Any, trees: Sequence[TokenTree]) -> list[list[list[tuple[float, int]]]]:
    """(log likelihood, tokens) of each wording of each tree, by one pass of a causal model."""
    width = max(len(tree.tokens) for tree in trees)
    ids = torch.zeros((len(trees), width), dtype=torch.long)
    places = torch.zeros((len(trees), width), dtype=torch.long)
    seen = torch.from_numpy(np.stack([tree.mask(width) for tree in trees]))[:, None]
    for row, tree in enumerate(trees):
        ids[row, : len(tree.tokens)] = torch.tensor(tree.tokens)
        places[row, : len(tree.tokens)] = torch.tensor(tree.depths)
    blocked = torch.zeros(seen.shape, dtype=model.dtype).masked_fill(~seen, torch.finfo(model.dtype).min)
    inner = model.get_base_model() if hasattr(model, "get_base_model") else model  # one with an adapter put on
    hidden = inner.base_model(
        input_ids=ids.to(model.device),
        attention_mask=blocked.to(model.device),
        position_ids=places.to(model.device),
        use_cache=False,
    ).last_hidden_state
    return [_read(torch, model, tree, hidden[row]) for row, tree in enumerate(trees)]


def _read(torch: Any, model: Any, tree: TokenTree, hidden: Any) -> list[list[tuple[float, int]]]:
    """Only nodes of wordings are looked up, a few at a time: a row of the vocabulary is long."""
    nodes = sorted({node for place in tree.paths for path in place for node in path})
    parents = sorted({tree.parents[node] for node in nodes})
    likely: dict[int, float] = {}
    for start in range(0, len(parents), 256):
        some = parents[start : start + 256]
        rows = {parent: row for row, parent in enumerate(some)}
        table = model.get_output_embeddings()(hidden[some])
        # A few rows of the vocabulary at a time stay in the processor's cache: three times as fast as all at once.
        norm = torch.cat([part.float().logsumexp(dim=-1) for part in table.split(8)])
        mine = [node for node in nodes if tree.parents[node] in rows]
        at = torch.tensor([rows[tree.parents[node]] for node in mine])
        chosen = torch.tensor([tree.tokens[node] for node in mine])
        values = (table[at, chosen].float() - norm[at]).tolist()
        likely.update(zip(mine, values, strict=True))
    return [[(sum(likely[node] for node in path), len(path)) for path in place] for place in tree.paths]
