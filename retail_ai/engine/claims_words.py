"""The words that make a sentence a claim, in English and Simplified Chinese, and which words imply which. Data only.

Each concept lists its phrases; the longest phrase in a text wins, so "faux leather" is never "leather".
"""
# ruff: noqa: E501 (tables read better in long rows)

MATERIALS: dict[str, str] = {
    "leather": "leather|genuine leather|real leather|真皮|皮革", "full-grain leather": "full-grain leather|full grain leather|头层牛皮",
    "faux leather": "faux leather|imitation leather|artificial leather|vegan leather|pu leather|leatherette|leather-look|人造革|仿皮|pu皮",
    "suede": "suede|麂皮", "nylon": "nylon|polyamide|尼龙|锦纶", "ripstop": "ripstop|rip-stop", "polyester": "polyester|涤纶|聚酯纤维|聚酯",
    "cotton": "cotton|棉|纯棉|全棉", "organic cotton": "organic cotton|有机棉", "wool": "wool|woollen|羊毛", "merino": "merino|美利奴",
    "cashmere": "cashmere|羊绒|山羊绒", "silk": "silk|丝绸|真丝|蚕丝", "linen": "linen|亚麻", "hemp": "hemp", "bamboo": "bamboo|竹|竹制",
    "denim": "denim|牛仔布", "canvas": "canvas|帆布", "fleece": "fleece|摇粒绒", "down": "goose down|duck down|down-filled|down filling|羽绒|鹅绒|鸭绒",
    "elastane": "elastane|spandex|lycra|氨纶", "acrylic": "acrylic|亚克力|腈纶", "viscose": "viscose|rayon|粘胶", "microfibre": "microfibre|microfiber|超细纤维",
    "velvet": "velvet|天鹅绒", "jute": "jute", "cork": "cork|软木", "rattan": "rattan|藤", "wicker": "wicker",
    "wood": "wood|wooden|solid wood|木|木质|木制|实木|原木", "oak": "oak|橡木", "walnut": "walnut|胡桃木", "pine": "pine|松木", "beech": "beech|beechwood|榉木",
    "teak": "teak|柚木", "acacia": "acacia|相思木", "ash wood": "ash wood", "birch": "birch|桦木", "mahogany": "mahogany", "plywood": "plywood|胶合板", "mdf": "mdf|中密度纤维板",
    "wood effect": "wood effect|wood-effect|wood look|wood-look|仿木|仿木纹|木纹", "metal": "metal|metallic|all-metal|金属", "steel": "steel|钢|钢制",
    "stainless steel": "stainless steel|stainless-steel|stainless|不锈钢", "carbon steel": "carbon steel|碳钢", "cast iron": "cast iron|cast-iron|铸铁",
    "iron": "iron|wrought iron|铁|铁制", "aluminium": "aluminium|aluminum|铝|铝合金|铝制", "titanium": "titanium|钛|钛合金", "brass": "brass|黄铜",
    "copper": "copper|铜|纯铜", "bronze": "bronze|青铜", "zinc": "zinc|锌", "chrome": "chrome|chromed|chrome-plated|镀铬", "gold-plated": "gold-plated|gold plated|镀金",
    "sterling silver": "sterling silver|925 silver|纯银", "magnesium": "magnesium|镁合金", "carbon fibre": "carbon fibre|carbon fiber|碳纤维",
    "fibreglass": "fibreglass|fiberglass|玻璃纤维", "plastic": "plastic|塑料", "abs": "abs", "pvc": "pvc|polyvinyl chloride|vinyl|聚氯乙烯", "polypropylene": "polypropylene|聚丙烯",
    "polyethylene": "polyethylene|hdpe|聚乙烯", "polycarbonate": "polycarbonate|聚碳酸酯", "polyurethane": "polyurethane|聚氨酯", "tpu": "tpu", "silicone": "silicone|硅胶",
    "rubber": "rubber|橡胶", "latex": "latex|乳胶", "neoprene": "neoprene|氯丁橡胶", "eva": "eva foam|eva", "foam": "foam|泡沫|海绵", "memory foam": "memory foam|memory-foam|记忆棉|记忆海绵",
    "glass": "glass|玻璃", "tempered glass": "tempered glass|toughened glass|钢化玻璃", "borosilicate glass": "borosilicate glass|borosilicate|高硼硅玻璃", "crystal": "crystal|水晶",
    "sapphire": "sapphire|蓝宝石", "ceramic": "ceramic|ceramics|陶瓷", "porcelain": "porcelain|骨瓷|瓷", "stoneware": "stoneware|earthenware|炻瓷|粗陶", "terracotta": "terracotta",
    "marble": "marble|大理石", "granite": "granite|花岗岩", "slate": "slate|板岩", "stone": "stone|石材", "concrete": "concrete", "diamond": "diamond|diamonds|钻石",
    "paper": "paper|纸", "cardboard": "cardboard|纸板", "beeswax": "beeswax|蜂蜡", "soy wax": "soy wax|大豆蜡", "gore-tex": "gore-tex|goretex", "oxford cloth": "oxford fabric|oxford cloth|牛津布", "fabric": "fabric|textile|布料|织物|面料",
}  # fmt: skip
COLOURS: dict[str, str] = {
    "black": "black|黑|黑色", "jet black": "jet black|曜石黑|亮黑色", "white": "white|白|白色", "ivory": "ivory|象牙白", "cream": "cream|奶油色|米白色|米白", "grey": "grey|gray|灰|灰色",
    "charcoal": "charcoal|炭灰|炭灰色|深灰|深灰色", "graphite": "graphite|石墨色|石墨", "silver": "silver|银|银色", "red": "red|红|红色", "crimson": "crimson|深红|深红色", "burgundy": "burgundy|maroon|酒红|酒红色",
    "blue": "blue|蓝|蓝色", "navy": "navy|navy blue|藏青|藏青色|海军蓝|深蓝|深蓝色", "sky blue": "sky blue|light blue|天蓝|天蓝色|浅蓝色", "turquoise": "turquoise|teal|绿松石色", "cyan": "cyan|青色",
    "green": "green|绿|绿色", "olive": "olive|橄榄绿", "forest green": "forest green|dark green|墨绿|墨绿色|森林绿|深绿色", "sage": "sage green|鼠尾草绿", "mint": "mint green|薄荷绿", "yellow": "yellow|黄|黄色", "mustard": "mustard|姜黄色", "orange": "orange|橙|橙色",
    "coral": "coral|珊瑚色", "pink": "pink|粉|粉色|粉红|粉红色", "magenta": "magenta|品红", "fuchsia": "fuchsia", "purple": "purple|violet|紫|紫色", "lavender": "lavender|薰衣草紫",
    "brown": "brown|棕|棕色|褐色|咖啡色", "tan": "tan|棕褐色", "beige": "beige|米色", "khaki": "khaki|卡其|卡其色", "gold": "gold|golden|金色", "rose gold": "rose gold|玫瑰金", "champagne": "champagne|香槟色", "multicolour": "multicolour|multicolor|multicoloured|multi-coloured|多色|彩色", "transparent": "transparent|clear glass|透明", "anthracite": "anthracite", "terracotta red": "rust red",
    "space grey": "space grey|space gray|深空灰|深空灰色",
}  # fmt: skip
PERFORMANCE: dict[str, str] = {
    "waterproof": "waterproof|water-proof|watertight|submersible|swim-proof|swimproof|防水", "water-resistant": "water-resistant|water resistant|water resistance|water-repellent|water repellent|splash-proof|splashproof|splash-resistant|splash resistant|防泼水|防溅|抗水|拒水",
    "weatherproof": "weatherproof|weather-proof|weather-resistant|weather resistant|all-weather|rainproof|防雨|耐候", "windproof": "windproof|wind-resistant|防风", "dustproof": "dustproof|dust-proof|dust-resistant|dust resistant|防尘",
    "shockproof": "shockproof|shock-proof|shock-resistant|drop-proof|drop-resistant|impact-resistant|防摔|抗震|防震|抗冲击", "scratch-resistant": "scratch-resistant|scratch resistant|scratchproof|scratch-proof|防刮|耐刮|防划", "rustproof": "rustproof|rust-proof|rust-resistant|rust-free|corrosion-resistant|防锈|耐腐蚀",
    "fireproof": "fireproof|flame-retardant|flame retardant|fire-resistant|阻燃|防火", "heat-resistant": "heat-resistant|heat resistant|heatproof|heat-proof|耐高温|耐热", "breathable": "breathable|透气", "quick-drying": "quick-drying|quick-dry|quick drying|fast-drying|速干|快干",
    "wrinkle-free": "wrinkle-free|wrinkle-resistant|non-iron|crease-resistant|免烫|抗皱", "non-stick": "non-stick|nonstick|不粘", "non-slip": "non-slip|nonslip|anti-slip|slip-resistant|防滑", "dishwasher safe": "dishwasher-safe|dishwasher safe|dishwasher-proof|可机洗碗|可用洗碗机|洗碗机适用|可放入洗碗机",
    "microwave safe": "microwave-safe|microwave safe|microwaveable|可微波|微波炉适用", "oven safe": "oven-safe|oven safe|ovenproof|oven-proof|烤箱适用", "machine washable": "machine washable|machine wash|machine-washable|可机洗|机洗", "leak-proof": "leak-proof|leakproof|leak-resistant|spill-proof|防漏", "foldable": "foldable|folding|collapsible|foldaway|折叠|可折叠",
    "adjustable": "adjustable|可调|可调节", "rechargeable": "rechargeable|可充电|充电式", "wireless": "wireless|cordless|cable-free|无线", "wireless charging": "wireless charging|无线充电", "fast charging": "fast charging|fast-charging|fast charge|quick charge|quick charging|rapid charging|快充|快速充电|闪充",
    "noise cancelling": "noise cancelling|noise-cancelling|noise canceling|noise-canceling|noise cancellation|降噪", "silent": "silent|noiseless|whisper-quiet|ultra-quiet|静音", "quiet": "quiet|quietly|安静", "energy-efficient": "energy-efficient|energy efficient|energy-saving|energy saving|low-energy|eco mode|节能|省电",
    "solar": "solar-powered|solar powered|solar|太阳能", "organic": "organic|organically|有机", "natural": "all-natural|100% natural|natural|naturally|天然|纯天然", "vegan": "vegan|纯素|素食|纯素食|素食者|纯素食者", "eco-friendly": "eco-friendly|ecofriendly|environmentally friendly|environment-friendly|planet-friendly|sustainable|sustainably|sustainability|green choice|环保|可持续", "biodegradable": "biodegradable|compostable|可降解|可生物降解",
    "recycled": "recycled|upcycled|再生|回收", "recyclable": "recyclable|可回收", "handmade": "hand-made|handmade|hand-crafted|handcrafted|hand-finished|hand-stitched|hand-sewn|handwoven|hand-woven|artisan|artisanal|手工|手工制作|纯手工", "hand-painted": "hand-painted|hand painted|手绘",
    "hypoallergenic": "hypoallergenic|allergy-friendly|anti-allergic|低过敏|防过敏|抗过敏", "antibacterial": "antibacterial|anti-bacterial|antimicrobial|anti-microbial|germ-free|抗菌|抑菌|杀菌", "non-toxic": "non-toxic|nontoxic|toxin-free|chemical-free|无毒", "bpa-free": "bpa-free|bpa free|free of bpa|no bpa|without bpa|不含bpa|不含双酚a",
    "odour-resistant": "odour-resistant|odor-resistant|odourless|odorless|odour-free|防臭|无味", "uv protection": "uv protection|uv-resistant|uv resistant|uv-protected|sun protection|upf|spf|防晒|防紫外线|抗紫外线", "stretch": "stretchy|stretch|elasticated|弹力|弹性", "insulated": "insulated|thermal|heat retention|vacuum-insulated|保温|隔热", "reflective": "reflective|反光",
    "ergonomic": "ergonomic|ergonomically|人体工学", "portable": "portable|travel-friendly|travel-sized|便携", "lightweight": "lightweight|light-weight|ultra-light|ultralight|featherlight|feather-light|super-light|轻便|轻量|轻盈|超轻", "heavy-duty": "heavy-duty|heavy duty|industrial-strength|rugged|military-grade|重型|军工级|坚固", "durable": "durable|durability|long-lasting|longlasting|hard-wearing|hardwearing|sturdy|robust|indestructible|unbreakable|built to last|stands the test of time|耐用|经久耐用|耐磨|结实|牢固",
    "compact": "compact|space-saving|小巧|紧凑", "smart": "smart home|voice control|voice-controlled|app-controlled|智能", "automatic": "automatic|automatically|self-cleaning|auto shut-off|自动", "high-speed": "high-speed|high speed|ultra-fast|ultrafast|lightning-fast|blazing-fast|super-fast|高速|极速", "professional": "professional|professionals|professional-grade|pro-grade|studio-grade|专业|专业级", "medical grade": "medical-grade|medical grade|hospital-grade|surgical-grade|clinical-grade|医用级|医用|医疗级", "food grade": "food-grade|food grade|food-safe|食品级",
    "high quality": "high-quality|high quality|premium|premium-quality|superior|top-quality|first-class|world-class|top-notch|excellent|exceptional|outstanding|luxury|luxurious|deluxe|high-end|state-of-the-art|cutting-edge|高品质|优质|高端|奢华|顶级|卓越|上乘", "innovative": "innovative|revolutionary|breakthrough|groundbreaking|advanced|next-generation|创新|革命性|先进", "exclusive": "exclusive|limited edition|limited-edition|rare|unique|one-of-a-kind|独家|限量|限量版|独一无二", "authentic": "authentic|genuine|100% original|正品|原装", "vintage": "vintage|antique|retro|复古",
    "baby-safe": "child-safe|childproof|baby-safe|kid-safe|儿童安全", "stain-resistant": "stain-resistant|stain resistant|stain-proof|防污", "anti-glare": "anti-glare|antiglare|防眩光", "touchscreen": "touchscreen|touch screen|touch-screen|触摸屏|触控屏", "backlit": "backlit|backlight|illuminated|背光", "gluten-free": "gluten-free|gluten free|无麸质", "sugar-free": "sugar-free|sugar free|无糖", "no added sugar": "no added sugar|no added sugars|without added sugar|无添加糖", "fragrance-free": "fragrance-free|unscented|无香料|无香", "cruelty-free": "cruelty-free|not tested on animals|零残忍", "secure": "secure|encrypted|encryption|tamper-proof|加密", "easy to clean": "easy to clean|easy-to-clean|easy-clean|easy care|易清洁|易清洗", "easy to use": "easy to use|easy-to-use|user-friendly|easy to install|plug and play|plug-and-play|hassle-free|即插即用|易用|操作简单", "comfortable": "comfortable|comfort|comfortably|cosy|cozy|舒适", "soft": "soft|softness|柔软", "powerful": "powerful|high-performance|high performance|强劲|高性能", "reliable": "reliable|reliably|dependable|trusted|trustworthy|可靠", "versatile": "versatile|multi-purpose|multipurpose|all-purpose|多功能|多用途", "stylish": "stylish|elegant|sleek|beautiful|gorgeous|stunning|fashionable|timeless|时尚|优雅|精美", "fast": "fast|faster|quick|quickly|speedy|rapid|快速|迅速", "safe": "safe|safely|安全",
}  # fmt: skip
CERTIFICATES: dict[str, str] = {
    "ce": "ce|ce-marked|ce marked", "fcc": "fcc", "ul": "ul listed|ul-listed|ul certified|ul", "rohs": "rohs", "reach": "reach compliant", "energy star": "energy star", "fsc": "fsc|fsc-certified|forest stewardship council", "pefc": "pefc", "gots": "gots", "oeko-tex": "oeko-tex|oekotex|oeko tex", "fairtrade": "fairtrade|fair trade|fair-trade|公平贸易", "mil-std": "mil-std|mil-std-810|mil-std-810g|mil-std-810h", "ccc": "ccc|3c认证", "fda": "fda|fda-approved|fda approved", "usda organic": "usda organic", "gs": "gs mark|tüv|tuv", "bluesign": "bluesign", "rds": "responsible down standard", "nsf": "nsf", "epeat": "epeat", "dermatologically tested": "dermatologically tested|dermatologist-tested|dermatologist tested|皮肤科测试", "clinically proven": "clinically proven|clinically tested|scientifically proven|lab-tested|lab tested|临床验证|临床测试", "certified": "certified|certification|approved|award-winning|awarded|tested|认证|获奖|检测",
}  # fmt: skip
AUDIENCE: dict[str, str] = {
    "women": "women|women's|woman|ladies|female|女士|女性|女款|女", "men": "men|men's|man|gentlemen|男士|男性|男款|男", "children": "children|children's|kids|kids'|child|boys|girls|boy|girl|toddler|toddlers|儿童|孩子|男孩|女孩|小孩", "babies": "baby|babies|infant|infants|newborn|newborns|婴儿|宝宝", "adults": "adult|adults|grown-ups|成人", "seniors": "seniors|elderly|老人|老年人", "teens": "teen|teens|teenagers|青少年", "pets": "pet|pets|dog|dogs|cat|cats|宠物|狗|猫", "beginners": "beginner|beginners|novice|初学者|新手", "athletes": "athlete|athletes|runners|cyclists|运动员", "gamers": "gamer|gamers|gaming|游戏玩家|电竞", "students": "student|students|学生", "office": "office workers", "unisex": "unisex|男女皆宜|男女通用|中性", "photographers": "photographer|photographers|摄影师", "travellers": "traveller|travellers|traveler|travelers|旅行者",
}  # fmt: skip
SERVICE: dict[str, str] = {
    "free shipping": "free shipping|free delivery|ships free|fast shipping|fast delivery|next-day delivery|same-day|express delivery|包邮|免运费|次日达", "warranty": "warranty|guarantee|guaranteed|money-back|money back|保修|质保|三包|退款保证", "returns": "free returns|hassle-free returns|return policy|无理由退货|退货", "discount": "discount|on sale|special offer|bargain|save money|half price|lowest price|best price|affordable|cheap|great value|value for money|打折|特价|优惠|促销|最低价|超值|性价比", "stock": "in stock|selling fast|limited stock|while stocks last|order now|buy now|hurry|现货|抢购|立即购买",
    "popular": "best-selling|bestselling|best seller|bestseller|best-seller|popular|customer favourite|customer favorite|top-rated|top rated|five-star|5-star|highly rated|loved by|award-winning|trending|畅销|热销|爆款|好评|口碑|人气",
}  # fmt: skip
PUFFERY: dict[str, str] = {
    "superlative": "best|finest|greatest|ultimate|perfect|perfectly|unrivalled|unrivaled|unmatched|unparalleled|unbeatable|number one|no. 1|#1|leading|top|fastest|lightest|strongest|thinnest|smallest|largest|biggest|quietest|cheapest|safest|softest|toughest|smartest|most advanced|most powerful|most popular|most comfortable|most durable|most reliable|the only|first-ever|world's|amazing|incredible|fantastic|ideal|ideally|great|wonderful|superb|awesome|must-have|never before|最佳|最好|最强|最轻|最快|最高|最大|最薄|最先进|第一|完美|极致|无与伦比|顶尖|绝佳|独步|领先|首选|理想|必备",
    "universal": "all skin types|every skin type|all hair types|all ages|all devices|any device|all models|any surface|all surfaces|every occasion|any occasion|所有肤质|各种肤质|任何肤质|老少皆宜|所有设备|所有型号",
    "comparison": "better than|faster than|lighter than|stronger than|longer than|more than ever|compared to|compared with|unlike other|unlike others|outperforms|outperform|outlasts|beats|superior to|rivals|twice as|times faster|times more|half the|than ever|than other|than most|than the competition|than its predecessor|than before|优于|胜过|超越|比同类|比其他|比普通|比市面|倍于",
}  # fmt: skip
HEALTH: dict[str, str] = {
    "health": "high in|rich in|low in|packed with|good source of|source of|low-fat|low-calorie|relieves pain|pain relief|relieve|relieves|relief|cures|cure|treats|heals|healing|therapeutic|therapy|immune|immunity|detox|detoxifies|slimming|weight loss|lose weight|burns fat|anti-ageing|anti-aging|blood pressure|blood circulation|circulation|better sleep|improves sleep|reduces stress|stress relief|anxiety|healthy|healthier|health benefits|good for your health|boosts energy|boosts your|prevents disease|disease|arthritis|eczema|acne|治疗|缓解|治愈|减肥|瘦身|抗衰老|免疫力|排毒|血压|血液循环|改善睡眠|助眠|健康|养生|保健|富含|有助|有益|高蛋白|低脂|低糖|低卡|消化|肠道",
}  # fmt: skip

GROUPS = {
    "material": MATERIALS, "colour": COLOURS, "performance": PERFORMANCE, "certification": CERTIFICATES,
    "audience": AUDIENCE, "service": SERVICE, "puffery": PUFFERY, "health": HEALTH,
}  # fmt: skip

# Evidence → what may then be said.
IMPLIES: dict[str, str] = {
    "full-grain leather": "leather", "suede": "leather", "organic cotton": "cotton|organic", "denim": "cotton|fabric", "merino": "wool", "stainless steel": "steel|metal", "carbon steel": "steel|metal", "steel": "metal", "cast iron": "iron|metal", "iron": "metal", "aluminium": "metal",
    "titanium": "metal", "brass": "metal", "copper": "metal", "bronze": "metal", "zinc": "metal", "magnesium": "metal", "sterling silver": "silver|metal", "oak": "wood", "walnut": "wood", "pine": "wood", "beech": "wood", "teak": "wood", "acacia": "wood", "ash wood": "wood",
    "birch": "wood", "mahogany": "wood", "plywood": "wood", "abs": "plastic", "pvc": "plastic", "polypropylene": "plastic", "polyethylene": "plastic", "polycarbonate": "plastic", "polyurethane": "plastic", "memory foam": "foam", "eva": "foam", "tempered glass": "glass", "borosilicate glass": "glass",
    "porcelain": "ceramic", "stoneware": "ceramic", "terracotta": "ceramic", "marble": "stone", "granite": "stone", "slate": "stone", "cotton": "fabric", "polyester": "fabric", "nylon": "fabric", "linen": "fabric", "wool": "fabric", "canvas": "fabric",
    "jet black": "black", "ivory": "white", "charcoal": "grey", "graphite": "grey", "anthracite": "grey", "space grey": "grey", "crimson": "red", "burgundy": "red", "navy": "blue", "sky blue": "blue", "turquoise": "blue|green", "cyan": "blue", "olive": "green", "forest green": "green", "sage": "green", "mint": "green",
    "mustard": "yellow", "lavender": "purple", "tan": "brown", "rose gold": "gold|pink", "waterproof": "water-resistant", "fsc": "certified", "gots": "certified|organic", "oeko-tex": "certified", "energy star": "certified", "ce": "certified", "pefc": "certified", "fairtrade": "certified",
    "silent": "quiet", "wireless charging": "wireless", "babies": "children",
}  # fmt: skip

# What denies the claim behind it.
NEGATORS = "not|no|non|without|never|isn't|aren't|doesn't|don't|cannot|can't|neither|nor|lacks|lacking|excludes|excluding|free of|free from"
NEGATORS_ZH = "不(?!锈)|非|无|没有|未|不含|不支持|不是|不带|不具备"

PLACES = {
    "italy": "italian|意大利", "japan": "japanese|日本", "china": "chinese|prc|people's republic of china|中国", "germany": "german|德国", "france": "french|法国",
    "spain": "spanish|西班牙", "portugal": "portuguese|葡萄牙", "switzerland": "swiss|瑞士", "sweden": "swedish|瑞典",
    "denmark": "danish|丹麦", "norway": "norwegian|挪威", "finland": "finnish|芬兰", "scandinavia": "scandinavian|nordic|北欧",
    "united kingdom": "british|english|uk|england|britain|英国", "united states": "american|usa|us|u.s.|america|美国", "korea": "korean|south korea|韩国",
    "taiwan": "taiwanese|台湾", "india": "indian|印度", "vietnam": "vietnamese|越南", "turkey": "turkish|土耳其", "mexico": "mexican|墨西哥",
    "netherlands": "dutch|holland|荷兰", "austria": "austrian|奥地利", "poland": "polish|波兰", "europe": "european|欧洲|欧盟", "thailand": "thai|泰国",
    "canada": "canadian|加拿大", "australia": "australian|澳大利亚|澳洲", "brazil": "brazilian|巴西", "singapore": "singapore|新加坡", "malaysia": "malaysian|马来西亚",
}  # fmt: skip
