"""Finds quantities in text ("1,200 g", "10 x 5 x 2 cm", "½ in", "0 - 40 °C", "1.2 千克") and compares them across units.

It knows no product and judges no claim; it only reads numbers with their units. Units that could be something else
("5G", "4K") are left alone.
"""
# ruff: noqa: E501 (tables read better in long rows)

import re
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from retail_ai.engine.units_words import number_words

# dimension → {unit as written: factor to the dimension's base unit}
DIMENSIONS: dict[str, dict[str, float]] = {
    "mass": {
        "mg": 1e-3, "g": 1, "gr": 1, "gram": 1, "grams": 1, "gramme": 1, "grammes": 1, "kg": 1e3, "kgs": 1e3,
        "kilo": 1e3, "kilos": 1e3, "kilogram": 1e3, "kilograms": 1e3, "t": 1e6, "tonne": 1e6, "tonnes": 1e6,
        "oz": 28.349523, "ounce": 28.349523, "ounces": 28.349523, "lb": 453.59237, "lbs": 453.59237,
        "pound": 453.59237, "pounds": 453.59237, "毫克": 1e-3, "克": 1, "千克": 1e3, "公斤": 1e3, "斤": 500, "磅": 453.59237,
    },
    "length": {
        "nm": 1e-6, "µm": 1e-3, "μm": 1e-3, "micron": 1e-3, "microns": 1e-3, "mm": 1, "millimetre": 1, "millimetres": 1,
        "millimeter": 1, "millimeters": 1, "cm": 10, "cms": 10, "centimetre": 10, "centimetres": 10, "centimeter": 10,
        "centimeters": 10, "dm": 100, "m": 1e3, "metre": 1e3, "metres": 1e3, "meter": 1e3, "meters": 1e3, "km": 1e6,
        "kilometre": 1e6, "kilometres": 1e6, "kilometer": 1e6, "kilometers": 1e6, "in": 25.4, "inch": 25.4,
        "inches": 25.4, '"': 25.4, "”": 25.4, "″": 25.4, "ft": 304.8, "foot": 304.8, "feet": 304.8, "′": 304.8,
        "yd": 914.4, "yard": 914.4, "yards": 914.4, "mi": 1609344, "mile": 1609344, "miles": 1609344,
        "纳米": 1e-6, "微米": 1e-3, "毫米": 1, "厘米": 10, "公分": 10, "米": 1e3, "公里": 1e6, "千米": 1e6, "英寸": 25.4, "寸": 25.4, "英尺": 304.8,
    },
    "volume": {
        "ml": 1, "mL": 1, "millilitre": 1, "millilitres": 1, "milliliter": 1, "milliliters": 1, "cl": 10, "dl": 100,
        "l": 1e3, "L": 1e3, "litre": 1e3, "litres": 1e3, "liter": 1e3, "liters": 1e3, "fl oz": 29.573530,
        "fl. oz": 29.573530, "fluid ounce": 29.573530, "fluid ounces": 29.573530, "cup": 236.588, "cups": 236.588,
        "pint": 473.176, "pints": 473.176, "qt": 946.353, "quart": 946.353, "quarts": 946.353, "gal": 3785.41,
        "gallon": 3785.41, "gallons": 3785.41, "毫升": 1, "升": 1e3, "公升": 1e3, "cc": 1,
    },
    "power": {
        "mW": 1e-3, "W": 1, "w": 1, "watt": 1, "watts": 1, "kW": 1e3, "kw": 1e3, "kilowatt": 1e3, "kilowatts": 1e3,
        "hp": 745.7, "VA": 1.0000001, "kVA": 1000.0001, "瓦": 1, "瓦特": 1, "千瓦": 1e3,
    },
    "charge": {"ampere hours": 1e3, "ampere-hour": 1e3, "milliampere hours": 1, "milliampere-hour": 1, "mAh": 1, "mah": 1, "Ah": 1e3, "毫安时": 1, "毫安": 1, "安时": 1e3},
    "energy": {"Wh": 1, "kWh": 1e3, "watt hours": 1, "watt-hour": 1, "kilowatt hours": 1e3, "kilowatt-hour": 1e3, "瓦时": 1, "千瓦时": 1e3},
    "food energy": {"kcal": 1, "cal": 1e-3, "calories": 1, "kJ": 0.239006, "千卡": 1, "大卡": 1},
    "voltage": {"mV": 1e-3, "V": 1, "v": 1, "volt": 1, "volts": 1, "kV": 1e3, "伏": 1, "伏特": 1},
    "current": {"mA": 1e-3, "A": 1, "amp": 1, "amps": 1, "ampere": 1, "安培": 1},
    "data": {
        "KB": 1e3, "kB": 1e3, "MB": 1e6, "mb": 1e6, "GB": 1e9, "gb": 1e9, "Gb": 1e9, "TB": 1e12, "tb": 1e12, "PB": 1e15,
        "megabyte": 1e6, "megabytes": 1e6, "gigabyte": 1e9, "gigabytes": 1e9, "terabyte": 1e12, "terabytes": 1e12,
        "MiB": 1.048576e6, "GiB": 1.073741824e9, "TiB": 1.099511627776e12,
    },
    "data rate": {
        "kbps": 1e3, "Kbps": 1e3, "Mbps": 1e6, "mbps": 1e6, "Mb/s": 1e6, "Mbit/s": 1e6, "Gbps": 1e9, "gbps": 1e9,
        "Gb/s": 1e9, "Gbit/s": 1e9, "MB/s": 8e6, "GB/s": 8e9,
    },
    "frequency": {
        "Hz": 1, "hz": 1, "kHz": 1e3, "KHz": 1e3, "khz": 1e3, "MHz": 1e6, "Mhz": 1e6, "mhz": 1e6, "GHz": 1e9, "Ghz": 1e9,
        "ghz": 1e9, "赫兹": 1, "hertz": 1,
    },
    "time": {
        "ms": 1e-3, "s": 1, "sec": 1, "secs": 1, "second": 1, "seconds": 1, "min": 60, "mins": 60, "minute": 60,
        "minutes": 60, "h": 3600, "hr": 3600, "hrs": 3600, "hour": 3600, "hours": 3600, "day": 86400, "days": 86400,
        "week": 604800, "weeks": 604800, "毫秒": 1e-3, "秒": 1, "分钟": 60, "小时": 3600, "天": 86400, "周": 604800,
    },
    "calendar": {
        "month": 1, "months": 1, "mo": 1, "year": 12, "years": 12, "yr": 12, "yrs": 12, "y": 12, "yo": 12,
        "个月": 1, "年": 12, "岁": 12,
    },
    "angle": {"°": 1, "deg": 1, "degree": 1, "degrees": 1, "度": 1},
    "temperature": {"°C": 1, "℃": 1, "°F": 1, "℉": 1, "摄氏度": 1, "degrees Celsius": 1, "degrees Fahrenheit": 1, "华氏度": 1},
    "colour temperature": {"K": 1, "Kelvin": 1, "kelvin": 1},
    "share": {"%": 1, "percent": 1, "per cent": 1},
    "pixels": {"MP": 1e6, "Mp": 1e6, "megapixel": 1e6, "megapixels": 1e6, "px": 1, "pixels": 1, "万像素": 1e4, "像素": 1},
    "print resolution": {"dpi": 1, "DPI": 1},
    "pixel density": {"ppi": 1},
    "sound": {"dB": 1, "db": 1, "dB(A)": 1, "decibels": 1, "分贝": 1},
    "light": {"lm": 1, "lumen": 1, "lumens": 1, "流明": 1},
    "luminance": {"cd/m²": 1, "cd/m2": 1, "nits": 1, "nit": 1, "尼特": 1},
    "pressure": {"bar": 1e5, "psi": 6894.76, "Pa": 1, "kPa": 1e3, "hPa": 100, "MPa": 1e6},
    "speed": {"km/h": 1, "kmh": 1, "kph": 1, "mph": 1.609344, "m/s": 3.6},
    "rotation": {"rpm": 1, "RPM": 1, "转/分": 1},
    "area": {"m²": 1, "m2": 1, "sqm": 1, "sq m": 1, "sq ft": 0.09290304, "cm²": 1e-4, "平方米": 1},
    "grammage": {"g/m²": 1, "g/m2": 1, "gsm": 1},
    "carats": {"ct": 1, "carat": 1, "carats": 1, "克拉": 1},
    "torque": {"Nm": 1, "N·m": 1},
    "resistance": {"Ω": 1, "ohm": 1, "ohms": 1, "kΩ": 1e3},
    "frame rate": {"fps": 1, "帧/秒": 1},
    "print speed": {"ppm": 1, "cpm": 1},
}  # fmt: skip
_DIMENSION = {unit: dimension for dimension, units in DIMENSIONS.items() for unit in units}
_FRACTIONS = {"½": "1/2", "¼": "1/4", "¾": "3/4", "⅓": "1/3", "⅔": "2/3", "⅛": "1/8"}
_UNIT = "|".join(re.escape(u) for u in sorted(_DIMENSION, key=len, reverse=True))
_FRACTION = r"\d{1,2}/(?:2|3|4|8|16|32)(?![\d/])"
_NUMBER = rf"(?:\d+[\s-])?{_FRACTION}|\d+\s?[½¼¾⅓⅔⅛]|[½¼¾⅓⅔⅛]|\d{{1,3}}(?:,\d{{3}})+(?![,\d])(?:\.\d+)?|\d+(?:\.\d+)?(?!\.?\d)"
# Letters may not touch a number ("MP3", "dv7") nor follow its unit ("5 months" is not "5 m"); Chinese may.
# "2 in 1" and "3 in a row" are no inches.
_AFTER = r"(?![A-Za-z0-9²])"
_NO_INCHES = re.compile(r"\s(?!(?:wide|high|long|deep|tall|thick|by|and|x|×|in|screen|display|diameter)\b)\w")
_JOIN = r"\s*(?:-|–|—|~|to|至|到|x|X|×|\*|by|/)\s*"
_QUANTITY = re.compile(
    rf"(?<![A-Za-z0-9_.])(?<![A-Za-z]-)(?<![A-Za-z]\d-)(?P<sign>[-−](?=\d))?(?P<first>{_NUMBER})"
    rf"(?P<rest>(?:\s*(?:{_UNIT})?{_JOIN}[-−]?(?:{_NUMBER})(?![A-Za-z]*\d))*)"
    rf"(?:[\s-]?(?P<unit>{_UNIT}){_AFTER}|(?![A-Za-z0-9]|\.\d))"
)
_EUROPEAN = re.compile(rf"(?<![\d.,])(\d+),(\d{{1,2}})(?=[\s-]?(?:{_UNIT})(?![A-Za-z0-9]))")


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number as text gave it: ``Quantity(1.2, "kg", 10, 16, "1.2 kg")``. Parts of "10 x 5 cm" come one by one."""

    value: float
    unit: str
    start: int
    end: int
    text: str

    @property
    def dimension(self) -> str:
        """ "mass", "length"…; empty for a bare number."""
        return _DIMENSION.get(self.unit, "")

    @property
    def base(self) -> float:
        """The value in its dimension's base unit (g, mm, ml, W, °C…)."""
        if self.unit in ("°F", "℉", "degrees Fahrenheit", "华氏度"):
            return (self.value - 32) / 1.8
        return self.value * (DIMENSIONS[self.dimension][self.unit] if self.dimension else 1)


def parse_quantities(text: str) -> list[Quantity]:
    """Every quantity in the text, in order; ranges and dimensions give one Quantity a number, sharing the unit."""
    text = _plain_numbers(text)
    found = [q for match in _QUANTITY.finditer(text) for q in _expand(match)]
    spans = [(q.start, q.end) for q in found]
    for value, unit, start, end in number_words(text, _UNIT):
        if not any(s <= start < e for s, e in spans):
            found.append(Quantity(value, unit, start, end, text[start:end]))
    return sorted(found, key=lambda q: q.start)


def canonical_dimension(unit: str) -> str:
    """The dimension that a unit measures; empty when the unit is not known."""
    return _DIMENSION.get(unit, "")


def same(one: Quantity, other: Quantity) -> bool:
    """Whether two quantities mean the same amount, allowing for rounding as text rounds ("2.65 lb" = 1.2 kg)."""
    if one.dimension != other.dimension:
        return False
    a, b = one.base, other.base
    if one.unit == other.unit or not one.dimension:
        return abs(a - b) <= 1e-9 * max(1.0, abs(a))
    if one.dimension == "data":
        return any(
            abs(a * k - b) <= 0.003 * max(abs(a), abs(b)) for k in (1, 1.024, 1 / 1.024, 1.048576, 1 / 1.048576)
        )
    return abs(a - b) <= max(_rounding(one), _rounding(other))


def _rounding(quantity: Quantity) -> float:
    """Half of the last digit written, in base units, but never more than 1.5 % of the amount."""
    number = re.match(r"[-−]?[\d,]*\.?(\d*)", quantity.text)
    digits = len(number.group(1)) if number else 0
    factor = 1 / 1.8 if quantity.unit in ("°F", "℉") else 1.0
    if quantity.dimension != "temperature":
        factor = DIMENSIONS[quantity.dimension][quantity.unit]
        return min(0.5 * 10.0**-digits * factor, 0.015 * abs(quantity.base)) + 1e-9
    return 0.5 * 10.0**-digits * factor + 1e-9


def _plain_numbers(text: str) -> str:
    """The text, of the same length, with fractions' signs and decimal commas made plain where that is safe."""
    text = _EUROPEAN.sub(r"\1.\2", text)
    return text.replace("−", "-").replace("’", "'")


def _expand(match: re.Match[str]) -> Iterator[Quantity]:
    unit = match["unit"] or ""
    if (
        unit == "in"
        and match["first"].isdigit()
        and " in" in match[0]
        and _NO_INCHES.match(match.string[match.end() :])
    ):
        unit = ""
    parts = [(match["first"], match.start("first"), (match["sign"] or ""))]
    parts += _joined(match["rest"] or "", match.start("rest"))
    for number, start, sign in parts:
        own = re.match(rf"\s*({_UNIT})(?![A-Za-z0-9])", match.string[start + len(number) : match.end()])
        own = own if len(parts) > 1 else None
        value = _value(number)
        if value is None or (unit == "K" and value < 1000):
            continue
        if unit == "年" and 1900 <= value <= 2100:
            unit = ""
        if unit in ("天", "米") and match.string[match.end() : match.end() + 1] in tuple("蓝然色白黄"):
            unit = ""
        end = match.end() if len(parts) == 1 and (unit or not match["unit"]) else start + len(number)
        yield Quantity(
            -value if sign else value, own[1] if own else unit, start - len(sign), end, match.string[start:end]
        )


def _joined(rest: str, offset: int) -> list[tuple[str, int, str]]:
    parts = []
    for match in re.finditer(rf"{_JOIN}(-?)({_NUMBER})", rest):
        parts.append((match[2], offset + match.start(2), match[1]))
    return parts


def _value(number: str) -> float | None:
    try:
        for sign, plain in _FRACTIONS.items():
            number = number.replace(sign, f" {plain}")
        return float(sum(Fraction(part) for part in re.split(r"[\s-]", number.replace(",", "").strip()) if part))
    except (ValueError, ZeroDivisionError):
        return None
