"""Chinese words of a sentence that may claim something: what is left when the words that say nothing are taken out.

Chinese has no blanks, so words are found by the longest that is known. It does not say whether a claim is true.
"""
# ruff: noqa: E501 (word lists)

import re
from collections.abc import Collection, Iterator
from functools import cache

from retail_ai.engine.claims_names_zh import NAMES

_RUN = re.compile(r"[\u4e00-\u9fff]+")
# Words that say nothing checkable of their own, and what speaks of the product or its parts.
_PLAIN = frozenset(
    """
    这款 该款 本款 此款 这个 这件 这台 这部 这种 该 本品 产品 商品 该产品 本产品 它 其 它的 是 为 有 的 了 和 与 及 以及 并 并且 而 而且 也 还 同时 此外 另外 具有 具备 拥有 带有 配有 配备 搭载 采用
    使用 用于 可用 可用于 适用 适用于 适合 用 由 由于 制成 制造 制作 打造 材质 材料 颜色 色 外观 款 款式 型号 尺寸 规格 大小 重 重量 净重 毛重 约 约为 大约 左右 近 达 可达 高达 最高 最大 最多 至 至多 到 长 宽 高 厚 深
    长度 宽度 高度 厚度 深度 直径 容量 容积 体积 电池 屏幕 存储 内存 处理器 系统 操作系统 接口 连接 连接方式 支持 兼容 适配 提供 包括 包含 包装 内含 附带 附送 附 附赠 配 带 含 含有 可 可以 能 能够 需 无需 在 从 于 以 将 被 对
    一 一个 一款 一件 两端 均 每 每个 每包 每件 各 共 共有 总 等 等等 更 都 只 仅 不 非 无 没有 未 不含 不带 不是 不支持 不可 不能 不附 不配 未附 个 只 件 张 片 台 条 枚 颗 双 组 套 块 节 支 根 瓶 袋 盒 包 位 人 名 页 层 种
    来自 产自 产地 原产 生产 出产 位于 品牌 品牌为 名称 类型 类别 型 式 特点 功能 设计 保修 保修期 质保 质保期 续航 续航时间 时间 时长 时 后 前 内 外 上 下 中 里 其中 之间 按 按照 根据 通过 获得 拥有 认证 证书 标准 符合 达到
    范围 温度 工作温度 工作 输入 输出 电压 电流 功率 频率 速度 分辨率 版本 数量 件装 装 只装 片装 份 适用年龄 年龄 岁 岁以上 以上 以下 及以上 儿童用 作者 出版 发布 面料 成分 配料 原料 过敏原 营养 能量 蛋白质 脂肪 糖 盐
    打印 打印页数 可打印 运行 清洗 洗护 储存 保存 请 使用时 时请 即 也可 亦可 方便 接头 一端 另一端 主机 机身 本体 表面 整体 主体 手柄 盖子 袋子 线 线长 公头 母头 款式为 供 给 让 使 发质 衣物 干 品 锅身 瓶身 机身 车架 刀片 手柄 采摘 制 式 性 型号 试用 试睡 晚 日 月 年 季 三季 次 倍 度 分 秒 分钟 小时 天 周 升级 需要 建议 推荐 开封 开封后 食用 饮用 服用 每日 每次 洗 机 手 人群 不干胶 用户 您 你 我们 我 以及其 肌 肤 肌肤 肤质 款的 版 中的 上的 里的
    """.split()  # noqa: SIM905
)
_NEGATOR = re.compile(r"(?:不|无|没有|未|非)[^，。,;；、]{0,3}$")


def chinese_words(sentence: str, taken: list[tuple[int, int]]) -> Iterator[tuple[int, int, bool]]:
    """(start, end, positive) of each stretch of Chinese that no known plain word covers."""
    for run in _RUN.finditer(sentence):
        blocked = [(a, b) for a, b in taken if a < run.end() and run.start() < b]
        for start, end in _gaps(run.span(), blocked):
            for a, b in uncovered(sentence[start:end], _known()):
                if b - a > 1 and not _is_subject(sentence, start + a, start + b):
                    yield start + a, start + b, not _NEGATOR.search(sentence[: start + a])


def uncovered(text: str, known: Collection[str]) -> Iterator[tuple[int, int]]:
    """The stretches that no known word covers, the longest word first at each place."""
    longest = max(map(len, known), default=1)
    place, open_at = 0, None
    while place < len(text):
        length = next(
            (n for n in range(min(longest, len(text) - place), 0, -1) if text[place : place + n] in known), 0
        )
        if length and open_at is not None:
            yield open_at, place
            open_at = None
        elif not length and open_at is None:
            open_at = place
        place += length or 1
    if open_at is not None:
        yield open_at, len(text)


@cache
def _known() -> frozenset[str]:
    return _PLAIN | {name for name in NAMES.values() if len(name) > 1}


def _gaps(span: tuple[int, int], blocked: list[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    start = span[0]
    for a, b in sorted(blocked):
        if a > start:
            yield start, a
        start = max(start, b)
    if start < span[1]:
        yield start, span[1]


def _is_subject(sentence: str, start: int, end: int) -> bool:
    """ "充电器重112克": what stands first and is spoken of."""
    before, after = sentence[:start], sentence[end:]
    first = not before.strip() or bool(re.search(r"(?:这款|该款|本款|此款|这个|这件|这台|这部|该)$", before))
    return first and bool(
        re.match(
            r"[\s]*(?:重|采用|为|是|有|可|由|的|支持|配|具|适|不|容量|颜色|材质|尺寸|使用|带|含|产|兼容|附|长|宽|高|净重|保修|质保)",
            after,
        )
    )
