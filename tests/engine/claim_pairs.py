"""Hand-written sentences about products, each with whether the product's facts support all that it says."""
# ruff: noqa: E501 (tables read better in long rows)

from retail_ai.engine.grounding import FactBase, check_text
from tests.engine import claim_pairs_blind as blind
from tests.engine.claim_products import product

PRODUCTS = {
    "rucksack": product(
        "Trail 45 Rucksack", "Northpeak", "Outdoor > Rucksacks", weight="1.2 kg", volume="45 l", colour="forest green",
        material="recycled ripstop nylon", waterproof="no", rain_cover="yes", pockets="6", warranty="2 years",
        dimensions="70 x 32 x 25 cm", country_of_origin="Vietnam", use="hiking, day trips", certification="bluesign",
    ),
    "phone": product(
        "Aster One 5G", "Asterion", "Phones > Smartphones", display_size="6.1 in", storage="128 GB", memory="8 GB",
        battery_capacity="3240 mAh", weight="174 g", water_resistance="IP68", colour="midnight", processor="A15 Bionic",
        rear_cameras="12 MP wide, 12 MP ultra wide", operating_system="iOS 15", refresh_rate="60 Hz", NFC="yes",
        headphone_jack="no", connector="Lightning", charging="USB-C, wireless",
    ),
    "pan": product(
        "Copperleaf Frying Pan 28 cm", "Copperleaf", "Kitchen > Cookware", material="stainless steel", diameter="28 cm",
        handle="beech wood", dishwasher_safe="yes", oven_safe="up to 220 °C", weight="2.1 lb", suitable_for="induction, gas",
        coating="none", pieces="3", country_of_origin="Germany", PFOA_free="yes",
    ),
    "cable": product(
        "USB 2.0 Cable 3 m", "LinkLine", "Cables", cable_length="3 m", colour="black", connector_1="USB-A",
        connector_2="Micro-USB", compatibility="Aster One, Aster Mini", data_rate="480 Mbps", jacket_material="PVC",
        quantity_per_pack="2", voltage="5 V", operating_temperature="0 - 40 °C",
    ),
    "shirt": product(
        "Ottiline Oxford Shirt", "Ottiline", "Clothing > Shirts", material="98 % organic cotton, 2 % elastane",
        colour="navy, white", fit="slim", care="machine wash 40 °C", gender="men", sizes="S–XXL", certification="GOTS",
        fabric_weight="140 g/m²",
    ),
    "yoghurt": product(
        "Alpenhof Greek Yoghurt 500 g", "Alpenhof", "Food > Dairy", net_weight="500 g", fat="2 %", protein="10 g per 100 g", ingredients="Skimmed milk, live cultures", allergens="Milk", country_of_origin="Austria", added_sugar="no", vegetarian="yes", energy="310 kJ per 100 g", storage_temperature="2-6 °C",
    ),
    "cream": product(
        "Sorrel Day Cream SPF 30", "Sorrel", "Beauty > Face", volume="50 ml", skin_type="Sensitive", spf="30", fragrance="no", vegan="yes", ingredients="Glycerin, aloe vera, vitamin E", made_in="France", dermatologically_tested="yes", dispenser="Pump", paraben_free="yes",
    ),
    "charger": product(
        "Voltgo 65W GaN Charger", "Voltgo", "Electronics > Chargers", output_power="65 W", ports="2 USB-C, 1 USB-A", compatibility="iPhone 15, Galaxy S23, MacBook Air", cable_included="no", weight="112 g", colour="white", input_voltage="100-240 V", certification="CE, FCC", country_of_manufacture="China", warranty="24 months",
    ),
    "puzzle": product(
        "Larkin Ocean Puzzle", "Larkin", "Toys > Puzzles", number_of_pieces="48", recommended_age="4+", material="recycled cardboard", finished_size="40 x 30 cm", players="1-4", certification="FSC", magnetic="no", designed_in="Denmark",
    ),
}  # fmt: skip

SUPPORTED = {
    "rucksack": """
It weighs 42.3 oz.
It is 27.6 inches high.
The country of origin is Vietnam.
It holds 11.9 gallons.
The rucksack does not keep water out: it is not waterproof.
The colour is forest green.
It has a 24-month guarantee.
容量为45000毫升。
它重1.2公斤,有雨罩。
It weighs 1.2 kg.
It weighs 1200 g.
It weighs 1,200 grams.
At 2.65 lb it goes along on day trips.
It holds 45 litres.
The capacity is 45 l.
It has a volume of 45,000 ml.
The rucksack is green.
It comes in forest green.
It is made of nylon.
It is made of recycled nylon.
The fabric is ripstop nylon.
It is made of recycled ripstop nylon.
A rain cover is included.
It comes with a rain cover.
It has six pockets.
It has 6 pockets.
It is covered by a 2-year warranty.
The warranty is 24 months.
It measures 70 x 32 x 25 cm.
It is 70 cm high, 32 cm wide and 25 cm deep.
It measures 700 x 320 x 250 mm.
It is made in Vietnam.
The Northpeak Trail 45 is a rucksack.
It is suitable for hiking.
It carries bluesign certification.
It is not waterproof.
重量为1.2千克。
重1200克,容量45升。
颜色为绿色。
采用再生尼龙材质。
产地为越南。
它不防水。
保修期为2年。
有6个口袋。
""",
    "phone": """
It has no headphone jack, but it has NFC.
The display diagonal is 15.5 cm.
It carries an IP68 rating.
It is without a headphone jack.
电池容量为3.24安时。
重174克。
The display measures 6.1 inches.
It has a 6.1-inch display.
It has a 15.5 cm display.
It offers 128 GB of storage and 8 GB of memory.
It has 0.128 TB of storage.
The battery holds 3240 mAh.
The battery holds 3.24 Ah.
It weighs 174 g.
It weighs 0.174 kg.
It weighs 6.14 oz.
It is rated IP68.
It has an A15 Bionic processor.
It has a 12 MP wide camera.
It runs iOS 15.
The refresh rate is 60 Hz.
It has NFC.
It has no headphone jack.
It comes in midnight.
The connector is Lightning.
It charges by USB-C.
It supports wireless charging.
The Asterion Aster One 5G is a smartphone.
屏幕为6.1英寸。
存储容量为128 GB,内存为8 GB。
电池容量为3240毫安时。
支持无线充电。
""",
    "pan": """
It weighs 0.95 kg.
It is 11 inches in diameter.
It is free of PFOA.
It can go in the oven up to 220 °C.
手柄为榉木。
It is made of stainless steel.
It is made of steel.
It is a metal pan.
The handle is made of beech wood.
The handle is wood.
It has a diameter of 28 cm.
It measures 280 mm in diameter.
It is dishwasher safe.
It is oven safe up to 220 °C.
It is oven-safe up to 428 °F.
It weighs 2.1 lb.
It weighs 953 g.
It is suitable for induction and gas.
It has 3 pieces.
It is PFOA-free.
It is made in Germany.
A German pan.
采用不锈钢材质。
可用洗碗机清洗。
直径为28厘米。
产地为德国。
""",
    "cable": """
It is 3000 mm long.
It works at 32 to 104 °F.
There are two cables in the pack.
工作电压为5伏。
The cable is 3 m long.
It is 300 cm long.
It is 9.84 ft long.
It comes in black.
It has a USB-A connector and a Micro-USB connector.
It is compatible with Aster One and Aster Mini.
It works with Aster One.
The data rate is 480 Mbps.
The data rate is 0.48 Gbps.
The jacket is made of PVC.
The jacket is made of plastic.
It comes in a pack of 2.
It runs on 5 V.
It operates at 0 to 40 °C.
The LinkLine USB 2.0 cable is black.
线长为3米。
颜色为黑色。
""",
    "shirt": """
It contains 98 % organic cotton and 2 % elastane.
It is for men and has a slim fit.
Wash it at 40 °C in the machine.
It is made of 98 % organic cotton.
It is made of cotton and elastane.
It contains 2 % elastane.
It comes in navy and white.
It comes in blue.
It has a slim fit.
It is machine washable.
It comes in sizes S–XXL.
It is GOTS certified.
The fabric weighs 140 g/m².
It is for men.
采用有机棉材质。
颜色为白色。
""",
    "yoghurt": """
It contains 10 g of protein per 100 g.
It contains no added sugar.
The yoghurt comes from Austria and weighs half a kilo.
Made from skimmed milk, it has a fat content of 2 %.
""",
    "cream": """
The cream is dermatologically tested.
It is fragrance-free and vegan.
It is made in France and holds 50 ml.
通过皮肤科测试,适合敏感肌。
""",
    "charger": """
It is compatible with iPhone 15.
It works with the MacBook Air and the Galaxy S23.
It comes without a cable.
It has two USB-C ports and a USB-A port.
It weighs less than 120 g.
充电器重112克,质保两年。
""",
    "puzzle": """
It is recommended for children from 4 years.
It was designed in Denmark.
""",
}

UNSUPPORTED = {
    "rucksack": """
It weighs 26 oz.
It does not come with a rain cover.
It has no pockets.
It is not made of nylon.
It is 70 inches high.
它没有雨罩。
容量为45毫升。
It weighs 1.3 kg.
It weighs 12 kg.
It weighs just 900 g.
It weighs 2.5 lb.
It holds 50 litres.
It holds 1.2 litres.
It is 45 cm wide.
It is 70 cm wide.
It is waterproof.
The rucksack is water-resistant.
It comes in blue.
It is made of leather.
It is made of polyester.
It is made of organic nylon.
It has 7 pockets.
It has 45 pockets.
It comes with a lifetime warranty of 10 years.
It is covered by a 5-year warranty.
It is made in Italy.
It is designed in Germany.
It is the best rucksack for hiking.
It is lighter than other rucksacks.
It is our best-selling rucksack.
It ships with free shipping.
It is handmade.
It is eco-friendly.
It is suitable for climbing.
It includes a water bottle.
It includes a laptop sleeve.
It comes with a whistle.
It is ideal for travellers.
It has an adjustable back.
It is breathable.
It is ergonomic.
It is lightweight.
It is durable.
It is certified by Fairtrade.
The Deuter Trail 45 is a rucksack.
It fits children.
It weighs over 1.2 kg.
It relieves pain.
It is certified organic.
它是防水的。
重量为2千克。
颜色为红色。
采用真皮材质。
适合儿童使用。
这是最好的背包。
纯手工制作。
包邮。
有8个口袋。
""",
    "phone": """
It does not have NFC.
It weighs 1.74 kg.
The battery holds 32.4 Ah.
It has a headphone jack and NFC.
存储容量为128 TB。
电池容量为32400毫安时。
The display measures 6.7 inches.
It has a 128 cm display.
It offers 256 GB of storage.
It offers 128 GB of memory.
The battery holds 5000 mAh.
It lasts for 24 hours.
It weighs 200 g.
It is rated IP67.
It has an A16 Bionic processor.
It has a Snapdragon processor.
It has a 48 MP camera.
It runs Android 13.
It runs iOS 16.
The refresh rate is 120 Hz.
It has a headphone jack.
It has fast charging.
It comes in gold.
It is made by Samsung.
It has a titanium frame.
It is perfect for gamers.
It is medical grade.
It supports Bluetooth 5.0.
It is compatible with Samsung Galaxy.
It is the fastest phone.
It has noise cancelling.
It has three cameras.
It has a 2-year warranty.
It is FCC certified.
It is award-winning.
It has a touchscreen.
It is secure.
屏幕为6.7英寸。
存储容量为256 GB。
支持快充。
电池容量为5000毫安时。
采用钛合金材质。
畅销手机。
""",
    "pan": """
It is not dishwasher safe, but oven safe.
It is oven safe up to 220 °F.
It weighs 2.1 kg and is made of steel.
It is 28 inches in diameter.
手柄为橡木。
It is made of cast iron.
It is made of aluminium.
It is non-stick.
It is made of copper.
The handle is made of oak.
The handle is silicone.
It has a diameter of 30 cm.
It is oven safe up to 260 °C.
It weighs 2.1 kg.
It is suitable for halogen.
It has 5 pieces.
It is BPA-free.
It is made in France.
An Italian pan.
It is a professional pan.
It is microwave safe.
It is not dishwasher safe.
It cooks faster than other pans.
It is healthy.
It comes with a lid.
It is easy to clean.
It is scratch-resistant.
It is hand-crafted.
It is food-grade.
It is a premium pan.
采用铸铁材质。
不粘锅。
直径为30厘米。
产地为意大利。
更健康的烹饪。
""",
    "cable": """
It is 3 cm long.
It works at 0 to 40 °F.
It is not compatible with Aster One.
工作电压为12伏。
The cable is 2 m long.
It is 5 ft long.
It comes in white.
It has a USB-C connector.
It has an HDMI connector.
It is compatible with Aster Max.
It works with most tablets.
The data rate is 5 Gbps.
It is a USB 3.0 cable.
The jacket is made of nylon.
It comes in a pack of 3.
It is gold-plated.
It supports fast charging.
It runs on 12 V.
It operates at -20 to 60 °C.
It is braided.
It has a lifetime warranty.
It is unbreakable.
It is CE certified.
It is tangle-free.
线长为5米。
颜色为白色。
支持快充。
终身保修。
""",
    "shirt": """
It contains no elastane.
It is made of 98 % organic linen.
It is not for men.
采用98%羊毛材质。
It is made of 100 % organic cotton.
It is made of linen.
It contains 5 % elastane.
It comes in red.
It has a regular fit.
It is for women.
It is wrinkle-free.
It is non-iron.
It is OEKO-TEX certified.
It is made in Portugal.
It is soft.
It is hypoallergenic.
The fabric weighs 200 g/m².
It comes in sizes S–XXXL.
It is hand-sewn.
It is a luxury shirt.
It keeps you cool at 30 °C.
It is dry-clean only.
采用真丝材质。
适合女士。
抗皱免烫。
""",
    "yoghurt": """
It strengthens your immune system.
This yoghurt is high in protein.
It is low in fat.
It is sugar-free.
It is suitable for vegans.
It is lactose-free.
富含蛋白质,有助消化。
It is good for your gut.
""",
    "cream": """
It is clinically proven to reduce wrinkles.
It has not been tested on animals.
It smells of roses.
With SPF 50, it protects sensitive skin.
It is suitable for all skin types.
It moisturises for 24 hours.
""",
    "charger": """
It is compatible with iPhone 14.
A cable is included.
It charges twice as fast as its predecessor.
It has three USB-C ports.
It charges a phone in 30 minutes.
""",
    "puzzle": """
It is recommended for toddlers from 2 years.
The pieces are magnetic.
It is made in Denmark.
It improves concentration and motor skills.
It is larger than other puzzles.
""",
}

# In plain words, where each word says nothing by itself; written with the rules that read them.
SUPPORTED_PLAINLY = {
    "rucksack": """
Weighing only 1.2 kg, it is suited for hiking.
This rucksack has a capacity of 45 litres and is not waterproof.
It weighs about 1.2 kg.
It has half a dozen pockets.
The warranty lasts two years.
Made from recycled nylon in Vietnam.
It comes with a rain cover and six pockets.
It weighs just over 1 kg.
It offers a volume of 45 litres, six pockets and a rain cover.
保修两年。
适合徒步。
""",
    "phone": """
The battery has a capacity of 3240 mAh.
There is no headphone jack.
It runs on iOS 15.
It has 8 GB of RAM.
It weighs less than 180 g.
""",
    "pan": """
The handle is beech wood and the pan is stainless steel.
It comes with a beech wood handle.
It can be used on gas and induction.
It has no coating.
The pan has a diameter of 28 cm and can be used in the oven up to 220 °C.
""",
    "cable": """
It is three metres long.
It has a black PVC jacket.
It comes as a pack of two.
""",
    "shirt": """
It can be washed in the machine at 40 °C.
The fabric is organic cotton with 2 % elastane.
It is a slim-fit shirt for men in navy and white.
""",
    "charger": """
The cable is not included.
It does not include a cable.
It has a power output of 65 W and comes with a two-year warranty.
""",
    "yoghurt": """
It is made from skimmed milk and live cultures.
It contains milk.
Store it at 2 to 6 °C.
It is suitable for vegetarians.
""",
    "puzzle": """
It has 48 pieces and is made of recycled cardboard.
It is for one to four players.
The finished puzzle measures 40 x 30 cm.
It is not magnetic.
""",
}

UNSUPPORTED_PLAINLY = {
    "rucksack": """
It lasts for years.
It is good.
It stays clean.
It holds more.
It has more room than others.
It has one pocket.
It has a single pocket.
It has no pockets.
It is made from recycled leather nylon.
It needs no care.
It fits everyone.
It has a free rain cover.
It is large.
It has a long warranty.
The straps are made of nylon.
The rain cover is green.
It comes with a green rain cover.
It does not weigh 1.2 kg.
It has twenty-five pockets.
It keeps its shape.
It holds up and looks good.
It weighs 1.2 kg and lasts for life.
It has many uses.
The warranty lasts twenty-five months.
It is the most practical rucksack.
It carries as much as a suitcase.
It is made in Vietnam by hand.
It is suitable for all trips.
It is suitable for every hike.
保修三年。
适合露营。
附赠水壶。
它比其他背包更轻。
它没有口袋。
""",
    "phone": """
It charges in minutes.
It weighs as little as 174 g.
It does not have a battery.
The memory is 128 GB.
It has a 12 GB memory.
It needs no charging.
It works for days.
支持指纹解锁。
有耳机孔。
电池可用两天。
""",
    "pan": """
The handle is made of stainless steel.
It has a beech wood lid.
It has a steel handle.
It can be washed by hand.
It has one piece.
It is made of beech wood.
The pan is coated.
手柄为不锈钢。
采用榉木材质。
""",
    "cable": """
It comes with an Aster One.
It is made by Aster.
It includes an Aster Mini.
The jacket is black.
It transfers data in seconds.
""",
    "shirt": """
It is made only of cotton.
It is washed by hand.
It is made of 2 % organic cotton.
It is made of 98 % elastane.
The collar is white.
It is for men and women.
""",
    "charger": """
It includes an iPhone 15.
It has one USB-C port.
It needs no cable.
It is designed in China.
It was made by Samsung.
It comes with a cable.
It weighs 112 kg.
""",
    "yoghurt": """
It keeps for weeks.
It contains no milk.
It has 10 g of fat per 100 g.
It has 2 g of protein.
It can be stored at room temperature.
""",
    "puzzle": """
It has four pieces.
It is for four to eight players.
It is made of wood.
It has fifty pieces.
It was made in Denmark.
It is easy.
""",
}


def pairs() -> list[tuple[str, str, bool]]:
    """(product's name, sentence, whether the facts support it)."""
    found = []
    supported = (SUPPORTED, SUPPORTED_PLAINLY, blind.SUPPORTED)
    for table in (*supported, UNSUPPORTED, UNSUPPORTED_PLAINLY, blind.UNSUPPORTED):
        for name, lines in table.items():
            found += [(name, line, table in supported) for line in lines.strip().splitlines()]
    return found


def judged(name: str, sentence: str) -> bool:
    """The checker's verdict: every claim of the sentence has a fact, as for a model's sentences."""
    return all(
        v.supported for v in check_text(sentence, FactBase(PRODUCTS.get(name) or blind.PRODUCTS[name]), strict=True)
    )


def score() -> dict[str, float]:
    """Recall and precision of "unsupported" over all pairs."""
    results = [(supported, judged(name, sentence)) for name, sentence, supported in pairs()]
    caught = sum(not said for truth, said in results if not truth)
    false_alarms = sum(not said for truth, said in results if truth)
    unsupported = sum(not truth for truth, _ in results)
    return {
        "pairs": len(results),
        "recall": round(caught / unsupported, 4),
        "precision": round(caught / max(1, caught + false_alarms), 4),
    }
