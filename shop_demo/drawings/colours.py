"""Which colour a product is drawn in: the one its attributes name, else a quiet one that stays the same for it."""

import re
from collections.abc import Mapping

NAMED = {
    "black": "#2b303a", "midnight": "#1d2735", "graphite": "#4a4f57", "anthracite": "#40454e", "charcoal": "#43474f",
    "onyx": "#2b2d33", "jet": "#2b303a", "grey": "#8b929c", "gray": "#8b929c", "silver": "#c9cfd6",
    "steel": "#c3cad2", "stainless": "#c3cad2", "titanium": "#a9a6a0", "aluminium": "#c3cad2", "chrome": "#c9cfd6",
    "white": "#f1f2f4", "ivory": "#f4eddc", "cream": "#f0e4cb", "starlight": "#efe7da", "pearl": "#ece8e1",
    "oat": "#e2d3b7", "beige": "#dcc7a3", "sand": "#d8bd92", "natural": "#d9b98c", "tan": "#c89a6a",
    "camel": "#c08f58", "khaki": "#a89a6b", "brown": "#8a5a3b", "cognac": "#a0623a", "chocolate": "#5f3d2a",
    "walnut": "#75513a", "oak": "#c79b66", "wood": "#c79b66", "bamboo": "#d6b37a", "beech": "#dcb888",
    "coffee": "#6b4630", "espresso": "#4d3427", "copper": "#c0764a", "bronze": "#a97142", "brass": "#c9a24b",
    "gold": "#d8b45a", "yellow": "#f2c230", "mustard": "#d6a12c", "lemon": "#f3dd4c", "amber": "#eba23a",
    "orange": "#ee7d31", "apricot": "#f3a66c", "peach": "#f6b48f", "coral": "#f0735c", "salmon": "#f08a74",
    "red": "#d2373b", "crimson": "#b9203a", "scarlet": "#d8302f", "burgundy": "#7d2239", "wine": "#7d2239",
    "bordeaux": "#7d2239", "rust": "#b5512c", "terracotta": "#c4673f", "brick": "#ad4a37", "maroon": "#7a2430",
    "rose": "#e29aa6", "pink": "#ec8fb0", "blush": "#eebdb9", "magenta": "#c63a86", "fuchsia": "#cc3a86",
    "purple": "#7d55b4", "violet": "#8263c1", "lavender": "#b1a0d9", "lilac": "#b9a4dc", "plum": "#6d3a62",
    "aubergine": "#53304d", "navy": "#26385e", "indigo": "#3d4a9a", "cobalt": "#2b56b5", "blue": "#3b74c9",
    "denim": "#4f6f9c", "sky": "#79b4e3", "ice": "#c4dfee", "teal": "#1f8a8a", "turquoise": "#2fb3ad",
    "aqua": "#46bcc0", "cyan": "#2faecb", "petrol": "#1f5d6c", "mint": "#9ad8bd", "sage": "#9caf8e",
    "green": "#4c9a5b", "lime": "#a4cc3f", "olive": "#77793d", "forest": "#2f5d43", "moss": "#6a7a43",
    "pine": "#2f5d4c", "emerald": "#1f8a5c", "pistachio": "#a9c77f", "leather": "#8f5d3a",
    "alpine": "#4f6b58", "sierra": "#8fb1cf", "phantom": "#3a3f49", "pacific": "#2f5673",
    "morning": "#b7c3cf", "mist": "#c4ccd4", "stone": "#a8a39a", "slate": "#5b6673", "ash": "#9aa0a6",
    "clear": "#dfe8ee", "transparent": "#dfe8ee", "multicolour": "#ee7d31", "multicolor": "#ee7d31",
}  # fmt: skip
QUIET = ("#3b74c9", "#4c9a5b", "#ee7d31", "#7d55b4", "#d2373b", "#1f8a8a", "#d6a12c", "#ec8fb0", "#26385e", "#c4673f")
_COLOUR_KEYS = ("colour", "color", "farbe", "颜色")
_STUFF_KEYS = ("finish", "material", "body material", "upper material", "upper", "cover", "frame")


def named_colours(text: str) -> list[str]:
    """Hex colours of the colour names in a text, the last word first: in "Phantom Grey" the grey counts."""
    words = re.findall(r"[a-z]+", text.lower())
    return [NAMED[word] for word in reversed(words) if word in NAMED]


def colour_of(attributes: Mapping[str, object], title: str, seed: int) -> str:
    """The main colour: stated colour, else a colour name in the title, else the material, else a quiet one."""
    lower = {str(key).lower(): str(value) for key, value in attributes.items()}
    stated = next((v for k, v in lower.items() if any(c in k for c in _COLOUR_KEYS) and named_colours(v)), "")
    stuff = " ".join(lower.get(key, "") for key in _STUFF_KEYS)
    for text in (stated, title, stuff):
        if found := named_colours(text.split(" with ")[0].split("/")[0].split(",")[0]):
            return found[0]
    return QUIET[seed % len(QUIET)]


def accent_of(attributes: Mapping[str, object], main: str, seed: int) -> str:
    """A second colour: another that the attributes name, else a quiet one that differs from the main."""
    lower = {str(key).lower(): str(value) for key, value in attributes.items()}
    stated = " ".join(v for k, v in lower.items() if any(c in k for c in _COLOUR_KEYS))
    others = [c for c in named_colours(stated) if c != main]
    rest = [c for c in QUIET if c != main]
    return others[-1] if others else rest[(seed // 7) % len(rest)]
