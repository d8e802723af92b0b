"""English verb phrases and noun phrases for each kind of fact. It chooses among none and fills none in.

In a verb phrase [be], [have], [come]… agree with the subject. {v} is the value, {n} the attribute's name.
"""
# ruff: noqa: E501 (tables read better in long rows)

VERB_PHRASES: dict[str, tuple[str, ...]] = {
    "colour": ("[come] in {v}", "[come] in {v}", "[be] available in {v}"),
    "inks": ("[print] in {v}", "[print] in {v}", "[be] designed to print in {v}"),
    "material": ("[be] made of {v}", "[be] made from {v}"),
    "os": ("[run] {v}", "[run] on {v}", "[use] the {v} operating system", "[come] with {v}"),
    "compat": ("[be] compatible with {l}", "[work] with {l}", "[fit] {l}", "[be] designed for {l}", "[be] designed to work with {l}", "[be] designed for use with {l}", "can be used with {l}"),
    "compat_os": ("[work] with {l}", "[support] {l}", "[be] compatible with {l}", "can be used with {l}"),
    "connectivity": ("[connect] via {l}",),
    "use": ("[be] suitable for {l}", "[be] intended for {l}"),
    "age": ("[be] recommended for ages {v}",),
    "audience": ("[be] made for {v}",),
    "dimensions": ("[measure] {v}", "[have] dimensions of {v}"),
    "length": ("[be] {v} long", "[have] a length of {v}"),
    "width": ("[be] {v} wide",), "height": ("[be] {v} high",), "depth": ("[be] {v} deep",),
    "diameter": ("[measure] {v} in diameter", "[have] a diameter of {v}"),
    "weight": ("[weigh] {v}", "[have] a weight of {v}"),
    "volume": ("[hold] {v}", "[have] a capacity of {v}"),
    "size": ("[come] in size {v}",),
    "pack": ("[come] in a pack of {v}", "[be] supplied in a pack of {v}"),
    "origin": ("[be] made in {v}", "[be] made in {v}", "[be] manufactured in {v}"),
    "contents": ("[come] with {l}", "[include] {l}"),
    "temperature": ("[operate] at {v}",),
    "certificate": ("[carry] {l} certification", "[have] {l} certification", "[come] with {l} certification"),
    "warranty": ("[come] with {a:w} warranty", "[be] covered by {a:w} warranty"),
    "technology": ("[use] {v} technology",),
    "yield": ("[yield] {v} pages", "[have] a page yield of {v} pages", "can print {v} pages"),
    "author": ("[be] by {v}",),
    "voltage": ("[run] on {v}",),
}  # fmt: skip
NOUN_PHRASES: dict[str, tuple[str, ...]] = {
    "screen": ("{a:j} {n:display|screen}",), "resolution": ("{a:n} of {v}",), "processor": ("{a:v} {n:processor|chip|chipset}",),
    "memory": ("{v} of {n:memory|RAM}",), "memory_type": ("{v} memory",), "storage": ("{v} of storage",), "storage_media": ("{v} storage",),
    "graphics": ("{v} graphics",), "camera": ("{a:v} camera",), "battery": ("{a:j} battery",), "battery_life": ("{a:n} of {v}",), "battery_type": ("{a:v} battery",),
    "power": ("{a:p} of {v}",), "voltage": ("{a:n} of {v}",), "speed": ("{a:n} of {v}",), "load": ("{a:n} of {v}",), "style": ("{a:v} {n}",), "finish": ("{a:v} {n}",),
    "scent": ("{a:v} {n}",), "part_material": ("{a:v} {n:part}",), "part_colour": ("{a:v} {n:part}",), "warranty": ("{a:w} warranty",), "volume": ("{a:n} of {v}",),
    "": ("{a:n} of {v}",),
}  # fmt: skip
