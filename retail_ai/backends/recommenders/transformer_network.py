"""The network of the transformer recommender: causal attention over a history, scores by the items' own embeddings.

In the manner of SASRec (Kang and McAuley 2018) with the gated blocks of eSASRec (Tikhonovich et al. 2025); recency is
a learned bias by distance, so a history needs no padding to a fixed place. Trains nothing. Imports torch: load lazily.
"""

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn
from torch.nn import functional


class Block(nn.Module):
    """Attention and a SwiGLU layer, each normalised before, gated and added after.

    What is added is dropped out, and nothing within: drawing the numbers took a fifth of the time on a CPU.
    """

    def __init__(self, width: int, heads: int, longest: int, dropout: float) -> None:
        super().__init__()
        self.heads = heads
        self.before_attention, self.before_feed = nn.LayerNorm(width), nn.LayerNorm(width)
        self.parts, self.joined = nn.Linear(width, 3 * width), nn.Linear(width, width)
        self.wide, self.narrow = nn.Linear(width, 4 * width), nn.Linear(2 * width, width)
        self.gates = nn.ModuleList([nn.Linear(width, width), nn.Linear(width, width)])
        self.recency = nn.Parameter(torch.zeros(heads, longest))
        self.dropout = nn.Dropout(dropout)

    def forward(self, hidden: Tensor) -> Tensor:
        """(people, length, width) → the same shape; a place sees itself and what was before it."""
        hidden = hidden + torch.sigmoid(self.gates[0](hidden)) * self.dropout(self._attend(hidden))
        gate, value = self.wide(self.before_feed(hidden)).chunk(2, dim=-1)
        fed = self.narrow(functional.silu(gate) * value)
        result: Tensor = hidden + torch.sigmoid(self.gates[1](hidden)) * self.dropout(fed)
        return result

    def _attend(self, hidden: Tensor) -> Tensor:
        people, length, width = hidden.shape
        parts = self.parts(self.before_attention(hidden)).view(people, length, 3, self.heads, -1)
        query, key, value = parts.permute(2, 0, 3, 1, 4)
        age = torch.arange(length, device=hidden.device)
        age = age[:, None] - age[None, :]
        bias = self.recency[:, age.clamp(min=0)].masked_fill(age < 0, float("-inf"))
        found = functional.scaled_dot_product_attention(query, key, value, attn_mask=bias)
        result: Tensor = self.joined(found.transpose(1, 2).reshape(people, length, width))
        return result


class Network(nn.Module):
    """Embeddings of n_items (and one for padding, 0 throughout), blocks, and a final norm."""

    def __init__(self, n_items: int, *, width: int, blocks: int, heads: int, longest: int, dropout: float) -> None:
        super().__init__()
        self.n_items = n_items
        self.items = nn.Embedding(n_items + 1, width, padding_idx=n_items)
        nn.init.normal_(self.items.weight.data[:n_items], std=0.02)
        self.blocks = nn.ModuleList(Block(width, heads, longest, dropout) for _ in range(blocks))
        self.norm, self.dropout = nn.LayerNorm(width), nn.Dropout(dropout)

    def forward(self, ids: Tensor) -> Tensor:
        """(people, length), padded at the end with n_items → (people, length, width)."""
        hidden = self.dropout(self.items(ids))
        for block in self.blocks:
            hidden = block(hidden)
        result: Tensor = self.norm(hidden)
        return result

    def score_last(self, ids: Tensor, lengths: Tensor) -> Tensor:
        """(people, n_items): scores of what follows each history."""
        hidden = self(ids)[torch.arange(len(ids), device=ids.device), lengths - 1]
        result: Tensor = hidden @ self.items.weight[: self.n_items].T
        return result

    @torch.no_grad()
    def begin_with(self, vectors: NDArray[np.float32]) -> None:
        """Start the embeddings from text vectors (n_items, d), by their principal directions at the usual scale."""
        known = np.linalg.norm(vectors, axis=1) > 0
        if known.sum() < 2:
            return
        centred = torch.from_numpy(vectors[known] - vectors[known].mean(axis=0)).to(self.items.weight)
        width = self.items.weight.shape[1]
        _, _, directions = torch.pca_lowrank(centred, q=min(width, *centred.shape), center=False)
        found = centred @ directions
        rows = torch.from_numpy(np.flatnonzero(known)).to(self.items.weight.device)
        self.items.weight[rows, : found.shape[1]] = 0.02 * found / found.std().clamp(min=1e-9)
