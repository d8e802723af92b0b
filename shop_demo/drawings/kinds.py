"""Which shape a product is drawn as: a word in its title decides within its department, then the department.

Products of departments unknown here (an imported file) are drawn by a word in their title, else as a parcel.
"""

import re
from collections.abc import Callable, Iterator
from functools import lru_cache

from shop_demo.drawings import care, clothing, electronics, garden, kitchen, leisure, machines, pets, sports
from shop_demo.drawings.ink import Paint

Shape = Callable[[Paint], str]
SHAPES: dict[str, Shape] = {
    name: shape
    for module in (electronics, kitchen, sports, clothing, care, leisure, garden, pets, machines)
    for name, shape in vars(module).items()
    if callable(shape) and getattr(shape, "__module__", "") == module.__name__ and not name.startswith("_")
}
FALLBACK = "parcel"

# department: its usual shape, then (words, shape) for the others found in it; the first that fits counts
DEPARTMENTS: dict[str, tuple[str, tuple[tuple[str, str], ...]]] = {
    "phones": ("phone", ()),
    "smartphones": ("phone", ()),
    "phone-cases": ("phone_case", ()),
    "chargers-cables": ("charger", (("power ?bank|powercore|battery pack", "power_bank"), ("cable|cord", "cable"))),
    "computers": ("laptop", ()),
    "laptops": ("laptop", ()),
    "tablets-readers": ("tablet", (("kindle|kobo|reader|e-ink|paperwhite|pocketbook|tolino", "reader"),)),
    "keyboards-mice": ("keyboard", (("mouse|trackball|trackpad", "mouse"),)),
    "audio": ("headphones", ()),
    "headphones": ("headphones", (("buds?\\b|wf-|airpods|earphone|in-ear|earbud|true wireless", "earbuds"),)),
    "speakers": ("speaker", (("soundbar|sound bar", "soundbar"),)),
    "home-kitchen": ("pot", ()),
    "coffee-machines": (
        "coffee_machine",
        (("kettle", "kettle"), ("moka|cezve|bialetti", "moka"), ("grinder|mill", "grinder"),
         ("press|dripper|pour|chemex|aeropress|carafe", "glassware")),
    ),
    "coffee-tea": (
        "coffee_bag",
        (("tea|jasmine|herbal|mint|matcha|rooibos|oolong|earl grey|chai|"
          "infusion|chamomile|sencha|assam|darjeeling|pu-?erh", "tea_tin"),),
    ),
    "cookware": (
        "pan", (("knife|knives|cleaver|santoku", "knife"), ("board", "board"),
                ("pot|casserole|dutch|stock|saucepan|cocotte|wok set", "pot")),
    ),
    "small-appliances": (
        "appliance",
        (("toaster", "toaster"), ("blender|smoothie|juicer", "blender"), ("robot", "robot"),
         ("vacuum|hoover", "vacuum"), ("kettle", "kettle"), ("grinder", "grinder")),
    ),
    "lighting": ("lamp", (("desk|reading|clamp|task|arm", "desk_lamp"), ("string", "string_lights"),
                          ("bulb|led e27|strip|gu10|spot", "bulb"),
                          ("candle", "candle"))),
    "sports": ("dumbbell", ()),
    "running-gear": (
        "running_vest",
        (("watch|gps|forerunner|tracker", "watch"), ("gloves?|mitt", "gloves"), ("belt", "belt"),
         ("bottle|flask", "flask"), ("cap|hat|headband|visor", "cap"),
         ("shirt|tee|singlet|jacket|top", "tshirt"), ("short|tight|legging", "shorts"), ("sock", "socks"),
         ("head ?torch|headlamp|light", "headlamp")),
    ),
    "fitness": (
        "dumbbell",
        (("mat|yoga towel", "yoga_mat"), ("kettlebell", "kettlebell"), ("skipping|rope", "rope"),
         ("band|tube|expander", "bands"),
         ("ball", "ball"), ("roller|block|brick|bolster", "roller")),
    ),
    "sports-nutrition": ("tub", (("bar|flapjack", "bar"), ("gel|sachet|chew", "pouch"), ("bottle|shaker", "flask"))),
    "shoes": ("running_shoe", ()),
    "running-shoes": ("running_shoe", ()),
    "everyday-shoes": ("sneaker", (("boot|chelsea", "boot"), ("sandal|slide|flip|clog|birkenstock", "sandal"),
                                   ("loafer|derby|oxford|brogue|moccasin", "loafer"))),
    "hiking-boots": ("boot", (("low|shoe|sandal", "running_shoe"),)),
    "outdoor": ("tent", ()),
    "tents": ("tent", (("tarp|awning|shelter", "tarp"),)),
    "sleeping-bags": ("sleeping_bag", (("mat|pad|mattress|pillow", "sleeping_mat"), ("hammock", "tarp"))),
    "camp-kitchen": (
        "stove", (("lantern|lamp|light", "lantern"), ("head ?torch|headlamp", "headlamp"), ("bottle|flask", "flask"),
                  ("pot|cook ?set|pan|kettle", "pot"), ("mug|cup", "mug"), ("cool|box", "cooler")),
    ),
    "backpacks": ("backpack", (("duffel|travel bag|tote|holdall", "bag"),)),
    "clothing": ("tshirt", ()),
    "tops": ("tshirt", (("sweater|jumper|knit|cardigan|pullover|fleece|merino crew|sweatshirt|hoodie", "sweater"),
                        ("shirt(?<!t-shirt)(?<!tshirt)|blouse|oxford|flannel", "shirt"))),
    "trousers": ("trousers", (("short|bermuda", "shorts"), ("skirt", "skirt"))),
    "jackets": ("jacket", (("coat|parka|trench", "coat"), ("vest|gilet", "running_vest"))),
    "beauty": ("bottle", ()),
    "skin-care": (
        "jar", (("serum|oil|drops|ampoule|toner|essence", "bottle"), ("soap|bar", "soap"),
                ("sun|spf|hand|gel|cleanser|tube|scrub|mask|wash|lip", "tube")),
    ),
    "hair-care": ("shampoo", (("dryer", "hair_dryer"), ("cream|paste", "jar"), ("brush|comb", "brush"),
                              ("oil|serum|mist|spray", "bottle"),
                              ("mask|wax|clay|balm|butter", "jar"), ("bar", "soap"),
                              ("straighten|styler|curl", "hair_dryer"))),
    "oral-shaving": (
        "toothbrush", (("toothpaste", "tube"), ("razor|shaver|trimmer|blade|safety|clipper", "razor"),
                       ("cream|foam|gel|balm", "tube"), ("soap", "soap"), ("rinse|wash|aftershave|oil", "bottle"),
                       ("brush set|shaving brush", "brush")),
    ),
    "toys": ("bear", ()),
    "building-toys": ("blocks", (("bear|doll(?!s)|plush|soft", "bear"), ("bike|scooter|trike", "bike"),
                                 ("house|farm|castle", "doll_house"), ("ring|stack", "rings"),
                                 ("magnet|tile", "tiles"), ("marble|run\\b", "marble_run"),
                                 ("train|railway|locomotive|car|truck|tractor|van|bus", "toy_train"),
                                 ("rocket|space|shuttle", "rocket"))),
    "games-puzzles": ("board_game", (("puzzle|jigsaw", "puzzle"), ("card|uno|deck|tarot", "cards"),
                                     ("cube", "cube"), ("chess|draughts|backgammon|go set", "chess"))),
    "books-stationery": ("book", ()),
    "notebooks-pens": ("notebook", (("bottled ink", "bottle"),
                                    ("pens?\\b|pencils?\\b|marker|liner|ballpoint", "pen"),)),
    "books": ("book", ()),
    "garden": ("watering_can", ()),
    "garden-tools": (
        "spade", (("rake", "rake"), ("mower", "mower"), ("hedge", "hedge_trimmer"),
                  ("secateur|pruner|shear|lopper|scissor|snip|saw", "secateurs"), ("can", "watering_can"),
                  ("hose|sprinkler|spray", "hose"), ("glove", "gloves"), ("trowel|fork|hand|weeder|dibber", "trowel"),
                  ("pot|planter", "plant")),
    ),
    "seeds-plant-care": ("seeds", (("liquid", "bottle"),
                                   ("soil|compost|fertili|feed|potting|substrate|bark|granul", "sack"),
                                   ("pot|planter|plant stand|propagator", "plant"), ("spray|oil|mister", "bottle"),
                                   ("can", "watering_can"))),
    "pets": ("dog", ()),
    "dogs": (
        "dog", (("lead|leash|collar|harness", "lead"), ("bowl|feeder|fountain", "bowl"),
                ("bed|blanket|cushion|mat", "pet_bed"), ("toy|ball|rope|kong|bone|chew|stick", "bone"),
                ("food|kibble|treat|biscuit|adult|puppy|snack", "sack"),
                ("brush|comb", "brush"), ("shampoo", "shampoo"), ("coat|jacket", "jacket"), ("bag", "bag")),
    ),
    "cats": (
        "cat", (("litter", "litter"), ("bowl|feeder|fountain", "bowl"), ("wet", "tin"),
                ("wand|feather|toy|mouse", "wand"),
                ("scratch|tree|post", "scratching_post"), ("bed|perch|blanket|cushion|mat", "pet_bed"),
                ("dry|food|treat|snack", "sack"), ("collar|harness", "lead"), ("brush", "brush"), ("carrier", "bag")),
    ),
}  # fmt: skip

# for products that stand in no department known above
ANYWHERE: tuple[tuple[str, str], ...] = (
    ("smartphone|mobile phone|iphone|galaxy s", "phone"), ("case|cover|sleeve|folio", "phone_case"),
    ("toners?\\b|inks?\\b|cartridge", "cartridge"), ("processor|xeon|cpu", "chip"),
    ("memory|ddr|sdram|so-?dimm", "memory"), ("batter", "battery"), ("hard drive|drives?\\b|ssd|hdd", "drive"),
    ("cables?\\b|patch", "cable"), ("switch|router|networking|access point|transceiver", "network"),
    ("server|desktop|workstation", "tower"), ("projector", "projector"), ("shav", "razor"),
    ("laptop|notebooks?\\b(?! case)|macbook|thinkpad|chromebook|elitebook|probook|zbook|latitude", "laptop"),
    ("tablet|ipad", "tablet"), ("monitor|display|television|\\btv\\b|signage", "monitor"),
    ("printer|laserjet|officejet|mfp|copier|scanner", "printer"), ("keyboard", "keyboard"),
    ("mouse", "mouse"), ("headphone|headset", "headphones"), ("earphone|earbud", "earbuds"),
    ("soundbar", "soundbar"), ("speaker|subwoofer", "speaker"), ("camera|webcam|camcorder|lens", "camera"),
    ("cable|adapter|adaptor|patch|cord", "cable"), ("power ?bank", "power_bank"),
    ("charger|plug|socket|ups\\b", "charger"),
    ("watch|clock|alarm", "watch"), ("vacuum", "vacuum"), ("toaster", "toaster"), ("blender|mixer", "blender"),
    ("kettle|teapot|tea pot", "kettle"), ("coffee", "coffee_bag"), ("\\btea\\b", "tea_tin"),
    ("mug|cup|saucer|beaker", "mug"), ("candle|t-?light|tealight|holder|lantern", "candle"), ("lamp|light", "lamp"),
    ("bulb", "bulb"), ("knife|cutlery|spoon|fork", "knife"), ("bowl|dish|plate", "bowl"), ("pan\\b|frying", "pan"),
    ("tin\\b|jar|storage|canister", "tea_tin"), ("bottle|flask", "flask"), ("glass|vase|jug", "glassware"),
    ("bag|shopper|tote|handbag|purse", "bag"), ("backpack|rucksack", "backpack"), ("umbrella|parasol", "umbrella"),
    ("notebook|journal|notepad|diary", "notebook"), ("book|calendar|album", "book"), ("pencil|pen\\b|crayon", "pen"),
    ("card|wrap|paper|tissue|ribbon", "cards"), ("puzzle|jigsaw", "puzzle"), ("game", "board_game"),
    ("toy|doll|bear|soldier|block|train", "blocks"), ("shirt|apron", "tshirt"), ("sock|glove|mitt", "socks"),
    ("soap", "soap"), ("cream|lotion|balm", "jar"), ("garden|plant|flower|herb", "plant"),
    ("cushion|pillow|quilt|doormat|mat\\b", "pet_bed"),
    ("heart|star|bird|decoration|ornament|garland|bunting|wreath|christmas", "ornament"),
    ("box|case|basket|crate", "parcel"),
)  # fmt: skip


def kind_of(department: str, title: str) -> str:
    """The shape for a product of that department (slug) and title."""
    if department in DEPARTMENTS:
        usual, others = DEPARTMENTS[department]
        return next(_matches(others, title), usual)
    shelf = list(_matches(ANYWHERE, department.replace("-", " ")))
    named = next(_matches(ANYWHERE, title), FALLBACK)
    return named if named in shelf or not shelf else shelf[0]


def kind_for_department(department: str) -> str:
    """The shape that stands for a whole department; its own name says it where the slug is unknown."""
    return DEPARTMENTS[department][0] if department in DEPARTMENTS else kind_of("", department.replace("-", " "))


def _matches(table: tuple[tuple[str, str], ...], text: str) -> Iterator[str]:
    return (kind for words, kind in table if _pattern(words).search(text.lower()))


@lru_cache(maxsize=512)
def _pattern(words: str) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{words})", re.IGNORECASE)
