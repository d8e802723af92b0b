"""Writes Simplified Chinese sentences from a plan. The title stays as the shop wrote it; unknown words are left out."""
# ruff: noqa: E501 (tables read better in long rows)

import random

from retail_ai.engine.composer_en_draw import Sentence
from retail_ai.engine.composer_zh_words import name_of, value_of
from retail_ai.engine.plan import Plan, Point

_CLAUSES: dict[str, tuple[str, ...]] = {
    "colour": ("颜色为{v}", "{v}外观"), "material": ("采用{v}材质", "材质为{v}"), "weight": ("重{v}", "重量为{v}"), "dimensions": ("尺寸为{v}",),
    "screen": ("配备{v}屏幕", "屏幕尺寸为{v}"), "storage": ("存储容量为{v}", "配有{v}存储"), "memory": ("内存为{v}", "配有{v}内存"), "battery": ("电池容量为{v}",),
    "battery_life": ("续航为{v}", "续航时间为{v}"), "processor": ("搭载{v}处理器", "处理器为{v}"), "os": ("运行{v}系统", "操作系统为{v}"), "volume": ("容量为{v}",),
    "use": ("适用于{v}",), "compat": ("兼容{v}", "适配{v}"), "origin": ("产地为{v}", "产自{v}"), "warranty": ("保修期为{v}",), "connectivity": ("支持{v}连接",),
    "age": ("适用年龄为{v}",), "pack": ("每包{v}件",), "certificate": ("通过{v}认证",), "author": ("作者为{v}",), "sizes": ("尺码为{v}",), "inks": ("打印颜色为{v}",),
    "year": ("{n}为{v}年",), "yield": ("可打印{v}页",), "people": ("{n}为{v}",), "care": ("{n}为{v}",),
    "gender_end": ("接头{v}",), "compat_os": ("支持{v}", "兼容{v}"), "audience": ("适合{v}",),
}  # fmt: skip


class Writer:
    """One Chinese text about one product; ``rng`` decides among equivalent wordings."""

    def __init__(self, plan: Plan, rng: random.Random, tone: str = "plain") -> None:
        self.plan, self.rng, self.tone = plan, rng, tone

    def sentences(self) -> list[Sentence]:
        """Clauses of two or three points a sentence, in the plan's order, with the features last."""
        said = [
            (clause, point) for point in self.plan.points if point.kind != "flag" and (clause := self._clause(point))
        ]
        out: list[Sentence] = []
        while said:
            size = 3 if len(said) == 3 or len(said) > 4 else 2
            some, said = said[:size], said[size:]
            lead = self._lead(out)
            ids = tuple(i for _, p in some for i in p.fact_ids)
            glue = "" if lead == "" or lead.endswith(",") else " " if lead[-1].isascii() else ""
            out.append(Sentence(f"{lead}{glue}{','.join(clause for clause, _ in some)}。", ids))
        flags = [(value, p) for p in self.plan.points if p.kind == "flag" and (value := value_of(p))]
        if flags:
            lead = "" if out else f"{self.plan.name} "
            text = f"{lead}特点:{'、'.join(value for value, _ in flags)}。"
            out.append(Sentence(text, tuple(i for _, p in flags for i in p.fact_ids)))
        return out or [self._bare()]

    def _lead(self, before: list[Sentence]) -> str:
        """The name first; later now and then a word that joins, never the same twice running."""
        if not before:
            return self.plan.name
        said = ("", "", "此外,", "同时,") if len(before) < 4 else ("",)
        return self.rng.choice([lead for lead in said if not lead or not before[-1].text.startswith(lead)])

    def _bare(self) -> Sentence:
        if self.plan.brand and self.plan.brand.lower() not in self.plan.name.lower():
            return Sentence(f"{self.plan.name},品牌为{self.plan.brand}。", ("title", "brand"))
        return Sentence(f"{self.plan.name}。", ("title",))

    def _clause(self, point: Point) -> str:
        value, name = value_of(point), name_of(point)
        if not value or not (name or point.kind in _CLAUSES):
            return ""
        if point.kind == "count" or (point.kind == "pack" and "piece" in point.name):
            return f"{name}为{value}" if name else ""
        options = _CLAUSES.get(point.kind) if not point.name.endswith(("rating",)) else None
        if options is None or (point.kind in ("weight", "dimensions") and name not in ("重量", "尺寸")):
            return f"{name}为{value}" if name else ""
        return self.rng.choice(options).format(v=value, n=name)
