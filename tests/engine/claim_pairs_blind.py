"""Hand-written sentences about 24 products of other trades, by someone who had not seen the checker; see claim_pairs.py."""
# ruff: noqa: E501 (tables read better in long rows; Chinese punctuation)

from tests.engine.claim_products import product

PRODUCTS = {
    "cocotte": product("Ferrant Cocotte 24 cm", "Ferrant", "Kitchen > Cookware > Casseroles", **{"material": "enamelled cast iron", "diameter": "24 cm", "capacity": "4.2 l", "colour": "cherry red", "lid": "included", "lid knob": "brass", "suitable for": "induction, gas, ceramic, oven", "oven safe": "up to 250 °C", "dishwasher safe": "no", "country of origin": "France", "warranty": "30 years", "weight": "4.6 kg"}),
    "dogfood": product("Brindle Adult Lamb & Rice 12 kg", "Brindle", "Pets > Dogs > Dry Food", **{"net weight": "12 kg", "flavour": "lamb", "ingredients": "Lamb meal 26 %, rice, maize, beet pulp, poultry fat", "crude protein": "24 %", "crude fat": "14 %", "crude fibre": "2.8 %", "suitable for": "adult dogs from 12 months, medium and large breeds", "artificial colours": "no", "grain free": "no", "kibble size": "14 mm", "country of origin": "Netherlands", "shelf life": "18 months"}),
    "bicycle": product("Halden Commuter 8", "Halden", "Bikes > City Bikes", **{"frame": "aluminium", "frame size": "54 cm", "gears": "8", "gear system": "Shimano Nexus hub gear", "brakes": "hydraulic disc", "wheel size": "28 in", "weight": "14.5 kg", "colour": "anthracite", "max load": "130 kg", "lights": "front and rear, dynamo", "mudguards": "yes", "luggage rack": "yes", "kickstand": "no", "suspension": "none", "assembled in": "Portugal", "designed in": "Norway"}),
    "secateurs": product("Rowan & Hale Bypass Secateurs", "Rowan & Hale", "Garden > Garden Tools", **{"type": "bypass", "blade material": "carbon steel", "length": "21 cm", "cutting capacity": "20 mm", "weight": "230 g", "handedness": "right-handed", "safety lock": "yes", "replaceable blade": "yes", "handle colour": "green", "country of origin": "Japan", "warranty": "10 years"}),
    "train": product("Lindtoy Wooden Railway Set", "Lindtoy", "Toys > Trains", **{"material": "beech wood", "number of pieces": "62", "recommended age": "3+", "batteries required": "no", "paint": "water-based", "certification": "FSC, CE", "couplings": "magnetic", "contents": "1 locomotive, 3 wagons, 40 tracks, 1 bridge, 17 trees and figures", "compatible with": "BRIO, Lillabo", "box size": "45 x 30 x 12 cm"}),
    "magnesium": product("Vitalis Magnesium Citrate", "Vitalis", "Health > Supplements", **{"form": "capsules", "quantity": "120 capsules", "magnesium per capsule": "150 mg", "daily dose": "2 capsules", "capsule shell": "cellulose", "vegan": "yes", "gluten free": "yes", "lactose free": "yes", "gelatine": "no", "country of manufacture": "Germany", "shelf life": "24 months", "storage": "dry, below 25 °C"}),
    "tent": product("Fellwind Duo Tent", "Fellwind", "Camping > Tents", **{"persons": "2", "packed weight": "2.3 kg", "water column": "3000 mm", "poles": "aluminium", "flysheet": "ripstop polyester", "floor": "nylon", "colour": "sand", "seasons": "3", "doors": "2", "vestibules": "2", "freestanding": "yes", "pack size": "46 x 16 cm", "inner height": "105 cm", "PFC free": "yes", "footprint included": "no"}),
    "speaker": product("Orvo Pulse Bluetooth Speaker", "Orvo", "Audio > Speakers", **{"output power": "20 W", "battery life": "18 h", "charging time": "3.5 h", "bluetooth version": "5.3", "water resistance": "IPX7", "weight": "560 g", "colour": "black, coral", "wireless range": "30 m", "frequency response": "60 Hz - 20 kHz", "charging port": "USB-C", "microphone": "no", "stereo pairing": "yes", "AUX input": "no", "voice assistant": "no"}),
    "tea": product("Morgenrot Darjeeling First Flush 100 g", "Morgenrot", "Food > Tea", **{"kind": "black tea", "net weight": "100 g", "form": "loose leaf", "origin": "India", "region": "Darjeeling", "organic": "yes", "certification": "EU organic, Fairtrade", "brewing temperature": "90 °C", "brewing time": "3 min", "caffeine": "yes", "harvest": "spring", "packed in": "Germany", "flavouring": "none", "packaging": "tin"}),
    "paint": product("Kalkhaus Wall Paint Mist 5 l", "Kalkhaus", "DIY > Paint", **{"volume": "5 l", "colour": "misty grey", "finish": "matt", "coverage": "8 m² per litre", "drying time": "4 h", "base": "water", "solvent free": "yes", "preservatives": "no", "washable": "yes", "use": "interior walls, ceilings", "coats": "2", "certification": "Blue Angel"}),
    "mattress": product("Nattro Cloud Mattress", "Nattro", "Bedroom > Mattresses", **{"size": "160 x 200 cm", "height": "22 cm", "core": "pocket springs", "firmness": "medium", "top layer": "memory foam, 4 cm", "cover": "polyester, lyocell", "cover removable": "yes", "cover care": "machine wash 60 °C", "zones": "7", "max user weight": "120 kg", "weight": "34 kg", "certification": "OEKO-TEX Standard 100", "trial period": "100 nights", "warranty": "10 years", "reversible": "no", "latex": "no"}),
    "ring": product("Elsin Sapphire Ring", "Elsin", "Jewellery > Rings", **{"metal": "yellow gold", "recycled gold": "yes", "stone": "lab-grown sapphire", "stone colour": "blue", "stone weight": "0.5 ct", "band width": "2 mm", "weight": "2.4 g", "ring size": "54", "nickel free": "yes", "setting": "four-prong", "gift box": "included", "certificate": "no", "engraving": "optional", "made in": "Italy"}),
    "shampoo": product("Oatleaf Mild Shampoo 250 ml", "Oatleaf", "Beauty > Hair Care > Shampoo", **{"volume": "250 ml", "hair type": "fine, dry", "silicone free": "yes", "sulphate free": "yes", "fragrance": "lavender", "pH": "5.5", "vegan": "yes", "ingredients": "Aqua, coco glucoside, oat extract, panthenol, alcohol", "bottle": "recycled plastic", "refill available": "yes", "made in": "Sweden", "period after opening": "12 months"}),
    "bulb": product("Luxen LED Bulb E27", "Luxen", "Lighting > Bulbs", **{"socket": "E27", "power": "8 W", "luminous flux": "806 lm", "colour temperature": "2700 K", "light colour": "warm white", "dimmable": "no", "lifetime": "15,000 h", "energy class": "E", "pack size": "3", "mercury": "none", "beam angle": "200°", "voltage": "230 V"}),
    "guitar": product("Sierra Verde C40 Classical Guitar", "Sierra Verde", "Musical Instruments > Guitars", **{"top": "solid cedar", "back and sides": "mahogany", "fingerboard": "rosewood", "scale length": "650 mm", "number of strings": "6", "string material": "nylon", "size": "4/4", "finish": "gloss", "gig bag": "included", "pickup": "no", "orientation": "right-handed", "frets": "19", "weight": "1.6 kg", "country of origin": "Spain"}),
    "novel": product("The Salt Road", "Harrow Press", "Books > Fiction > Historical Novels", **{"author": "Marisol Venn", "pages": "384", "language": "English", "format": "hardcover", "publication year": "2021", "edition": "first", "illustrated": "no", "dimensions": "21 x 14 x 3 cm", "weight": "540 g", "setting": "Venice, 18th century"}),
    "battery": product("Torque AGM Car Battery", "Torque", "Car Parts > Batteries", **{"capacity": "70 Ah", "voltage": "12 V", "cold cranking current": "760 A", "technology": "AGM", "suitable for start stop": "yes", "maintenance free": "yes", "weight": "20.8 kg", "dimensions": "278 x 175 x 190 mm", "warranty": "36 months", "compatibility": "VW Golf VII, Audi A3, Skoda Octavia III", "charger included": "no"}),
    "stroller": product("Kindra Loop Stroller", "Kindra", "Baby > Strollers", **{"age": "6 months to 4 years", "max child weight": "22 kg", "weight": "7.4 kg", "folded size": "55 x 44 x 25 cm", "frame": "aluminium", "number of wheels": "4", "harness": "5-point", "reclining backrest": "yes", "rain cover": "no", "sun canopy": "UPF 50+", "cup holder": "included", "colour": "olive", "one hand fold": "yes", "standard": "EN 1888"}),
    "watch": product("Castell Meridian Automatic", "Castell", "Watches", **{"movement": "automatic", "case diameter": "40 mm", "case material": "stainless steel", "glass": "sapphire crystal", "water resistance": "10 bar", "power reserve": "72 h", "strap": "calfskin leather", "strap width": "20 mm", "dial colour": "dark green", "date display": "yes", "chronograph": "no", "made in": "Switzerland", "designed in": "Italy", "warranty": "5 years", "weight": "78 g"}),
    "printer": product("Pagely M310 Laser Printer", "Pagely", "Office > Printers", **{"technology": "laser, monochrome", "print speed": "30 pages per minute", "resolution": "1200 x 1200 dpi", "automatic duplex": "yes", "scanner": "no", "fax": "no", "connectivity": "Wi-Fi, USB, Ethernet", "paper tray": "250 sheets", "weight": "7.2 kg", "toner included": "yes", "noise level": "50 dB", "compatibility": "Windows, macOS, Linux", "standby consumption": "0.9 W", "certification": "Energy Star"}),
    "yarn": product("Fjordgarn Merino DK", "Fjordgarn", "Craft > Yarn", **{"composition": "75 % merino wool, 25 % polyamide", "ball weight": "50 g", "length": "120 m", "needle size": "4 mm", "colour": "mustard yellow", "care": "hand wash 30 °C", "mulesing free": "yes", "tumble dry": "no", "wool origin": "Uruguay", "dyed in": "Denmark", "certification": "OEKO-TEX"}),
    "sideboard": product("Ekholm Sideboard", "Ekholm", "Furniture > Living Room > Sideboards", **{"material": "solid oak", "surface": "oiled", "width": "160 cm", "height": "75 cm", "depth": "45 cm", "doors": "2", "drawers": "3", "soft close": "yes", "assembly required": "yes", "weight": "58 kg", "max load per shelf": "15 kg", "legs": "black steel", "certification": "FSC", "country of origin": "Poland", "designed in": "Sweden"}),
    "detergent": product("Klarwell Laundry Liquid 1.5 l", "Klarwell", "Household > Laundry", **{"volume": "1.5 l", "wash loads": "30", "dosage": "50 ml per load", "phosphates": "no", "optical brighteners": "no", "enzymes": "yes", "perfume": "yes", "suitable for": "coloured and white laundry", "wash temperature": "20-60 °C", "bottle": "100 % recycled PET", "certification": "EU Ecolabel", "child safe cap": "yes"}),
    "chair": product("Worklane Stratos Office Chair", "Worklane", "Office > Chairs", **{"upholstery": "faux leather", "colour": "black", "max load": "120 kg", "seat height": "44-54 cm", "armrests": "adjustable", "lumbar support": "yes", "headrest": "no", "castors": "5", "base": "nylon", "assembly time": "20 min", "warranty": "3 years", "weight": "13.5 kg"}),
}  # fmt: skip

SUPPORTED = {
    "cocotte": """
The pot has a capacity of 4200 ml.
It withstands oven temperatures of up to 482 °F.
Cast iron, enamelled, in cherry red.
法国制造,重4.6公斤。
""",
    "dogfood": """
The bag holds 26.5 lb.
With a crude protein content of 24 %, it is made for adult dogs.
There are no artificial colours in it.
Each kibble is 1.4 cm in size.
净含量12千克,产地为荷兰。
""",
    "bicycle": """
The frame is made of aluminum, and there are eight gears.
The maximum load is 286.6 lb.
Mudguards and a luggage rack are included, a kickstand is not.
采用液压碟刹,轮径为28英寸。
""",
    "secateurs": """
These secateurs cut branches of up to 2 cm.
They weigh 8.1 oz.
The blade can be replaced.
刀片采用碳钢材质,产地为日本。
""",
    "train": """
The railway is made of wood.
It runs without batteries.
For children of three years and older.
One locomotive and three wagons belong to the set.
共62件,适合3岁以上儿童。
""",
    "magnesium": """
One capsule provides 0.15 g of magnesium.
It contains neither gluten nor lactose.
Keep it in a dry place below 77 °F.
不含明胶,适合纯素食者。
""",
    "tent": """
A two-person tent with two doors.
Packed, it weighs 5.07 lb.
The footprint is not included.
内高为1.05米,采用铝制帐杆。
""",
    "speaker": """
The battery lasts 18 hours and is charged in 210 minutes.
The wireless range is 98 ft.
Two of these speakers can be paired for stereo.
It has neither a microphone nor an AUX input.
输出功率为20瓦,支持蓝牙5.3。
""",
    "tea": """
A loose-leaf black tea from India.
Let it brew for 180 seconds at 194 °F.
No flavourings are added.
春季采摘的有机红茶。
""",
    "paint": """
It dries to a matte finish within 4 hours.
One litre is enough for 8 m².
The paint contains no solvents and no preservatives.
This is a water-based grey paint for indoor walls.
Read on to find out more about this paint.
""",
    "mattress": """
The mattress is 160 cm wide and 2 m long.
Its cover can be removed and washed at 60 °C.
Seven zones and a core of pocket springs.
可试睡100晚,质保十年。
""",
    "ring": """
The band is made of recycled yellow gold.
The sapphire was grown in a laboratory.
Its blue stone weighs half a carat.
The ring does not contain nickel.
附礼盒,意大利制造。
""",
    "shampoo": """
The bottle holds 0.25 l and is made of recycled plastic.
Contains neither silicones nor sulphates.
It is scented with lavender.
Once opened, it keeps for one year.
适合细软和干燥发质,瑞典制造。
""",
    "bulb": """
You get three bulbs in one pack.
The bulbs cannot be dimmed.
It gives warm white light of 2700 K and consumes 8 watts.
No mercury is used.
使用寿命为15000小时。
""",
    "guitar": """
The top is solid cedar, and the back is mahogany.
It has six nylon strings.
With a scale length of 65 cm it is a full 4/4 size.
产地为西班牙,重1.6公斤。
""",
    "novel": """
A historical novel by Marisol Venn.
The hardcover has 384 pages.
The story is set in eighteenth-century Venice.
Here is a short overview of the book.
""",
    "battery": """
The battery is covered by a three-year warranty.
It fits the VW Golf VII and the Audi A3.
It is 27.8 cm long and weighs 45.9 lb.
容量为70安时,电压为12伏。
""",
    "stroller": """
The stroller can be folded with one hand.
It carries children of up to 48.5 lb.
A cup holder is included, a rain cover is not.
车架为铝制,重7.4千克。
""",
    "watch": """
The power reserve is three days.
A self-winding watch with a date display.
The case is made of steel and measures 4 cm across.
Its strap is made of leather.
表盘为绿色,瑞士制造。
""",
    "printer": """
It prints 30 pages a minute.
The printer prints on both sides automatically.
It can be connected by Wi-Fi, USB or Ethernet.
There is no scanner and no fax.
重7.2公斤,附带碳粉。
""",
    "yarn": """
Three quarters of it is merino wool.
A ball weighs 1.76 oz.
One ball is 131 yards long.
Please wash it by hand at 30 °C.
颜色为芥末黄,羊毛产自乌拉圭。
""",
    "sideboard": """
The sideboard is made of solid wood.
It is 1.6 m wide and 75 cm high.
It offers two doors and three drawers.
The legs are made of metal.
瑞典设计,波兰制造。
""",
    "detergent": """
The bottle is enough for 30 washes.
It washes without phosphates and without optical brighteners.
It bears the EU Ecolabel.
适合彩色和白色衣物。
""",
    "chair": """
The seat can be set to heights from 17.3 to 21.3 inches.
It is upholstered in imitation leather.
It supports people weighing up to 120 kg.
黑色办公椅,质保三年。
""",
}

UNSUPPORTED = {
    "cocotte": """
Afterwards it simply goes into the dishwasher.
It holds 4.2 gallons.
The knob on the lid is made of stainless steel.
The heat spreads evenly across the base.
锅身采用铝合金材质。
""",
    "dogfood": """
A grain-free recipe with lamb.
It is suited to puppies from 8 weeks.
No poultry is used in this food.
It keeps the joints of older dogs supple.
Recommended by veterinarians.
含有三文鱼。
""",
    "bicycle": """
The frame is made of carbon.
It was built in Norway.
A kickstand is fitted as standard.
The suspension fork swallows every cobblestone.
The bike weighs only 14.5 lb.
配备21档变速。
""",
    "secateurs": """
Made for left-handers.
The blade is made of stainless steel.
It cuts branches of up to 20 cm.
The blades sharpen themselves.
These secateurs go easy on your wrists.
手柄采用竹子材质。
""",
    "train": """
Children from 18 months can play with it.
The set includes two locomotives.
It is made of solid oak.
Two AA batteries are needed.
It fits LEGO Duplo tracks.
荣获年度最佳玩具奖。
""",
    "magnesium": """
It prevents muscle cramps at night.
Each capsule contains 300 mg of magnesium.
The body absorbs it better than magnesium oxide.
The shell is made of gelatine.
A tub lasts four months at the recommended dose.
有助于降低血压。
""",
    "tent": """
The tent can be pitched in five minutes.
It is a four-season tent.
A water column of 5000 mm keeps the inside dry.
A footprint comes with it.
单门设计。
""",
    "speaker": """
It plays music for 24 hours on one charge.
Take calls with the built-in microphone.
It works with Alexa.
Its bass is deep and powerful.
支持蓝牙6.0。
""",
    "tea": """
This is a green tea.
The tea was grown in Germany.
It lowers your cholesterol.
The leaves are picked by hand.
产自斯里兰卡。
""",
    "paint": """
One coat is enough to cover the wall.
It can be used for outdoor façades.
It is touch-dry in 1 hour.
It has a glossy finish.
保证十年不褪色。
""",
    "mattress": """
It has a core of natural latex.
It relieves back pain.
The cover is made of organic cotton.
It can be turned over and used on both sides.
Return shipping is free.
最大承重为150公斤。
""",
    "ring": """
A certificate of authenticity is enclosed.
The stone is a natural sapphire.
The setting holds a diamond.
The band is made of platinum.
Every ring is made by hand in a small workshop.
主石为红宝石。
""",
    "shampoo": """
The shampoo is free of alcohol.
It is unscented.
It stops hair loss.
Suitable for greasy hair.
Your hair will be visibly shinier after one wash.
经皮肤科医生测试。
""",
    "bulb": """
The brightness can be dimmed with any wall switch.
It gives cool daylight at 6500 K.
It has energy class A.
It can be controlled by app.
一盒五只装。
""",
    "guitar": """
The top is made of solid spruce.
It has steel strings.
It is played by professionals all over the world.
It has a warm, full sound.
适合左手演奏。
""",
    "novel": """
A New York Times bestseller.
This is a paperback.
The novel was translated from Italian.
It won the Booker Prize in 2021.
共584页。
""",
    "battery": """
The charger is included.
It starts reliably at -30 °C.
It is a lithium battery.
It fits the BMW 3 Series.
电压为24伏。
""",
    "stroller": """
It is suitable from birth.
A rain cover is supplied.
It is approved as hand luggage by all airlines.
The stroller weighs 7.4 lb.
最大承重为30公斤。
""",
    "watch": """
The watch runs on a quartz movement.
It was made in Italy.
It is water-resistant to 20 bar.
A chronograph measures split times.
The movement loses less than 2 seconds a day.
采用钛合金表壳。
""",
    "printer": """
It prints in colour.
It also scans and copies your documents.
It prints a hundred pages in two minutes.
The toner lasts for 5000 pages.
It is quieter than any other laser printer.
打印速度为每分钟60页。
""",
    "yarn": """
It is pure merino wool.
You can wash it in the machine.
The wool comes from Denmark.
A ball holds 210 metres.
It does not itch.
含有25%羊绒。
""",
    "sideboard": """
It is made of walnut.
The sideboard arrives fully assembled.
It was made in Sweden.
For every piece sold, we plant a tree.
表面为白色漆面。
""",
    "detergent": """
It contains no perfume.
It removes even red wine stains.
It is suitable for wool and silk.
It is kind to sensitive skin.
One bottle is enough for 60 loads.
不含酶。
""",
    "chair": """
The chair is covered in genuine leather.
It has an adjustable headrest.
It prevents back pain.
The base is made of aluminium.
Order today, and it will arrive tomorrow.
最大承重为150公斤。
""",
}
