"""Simplified Chinese for what values of attributes say: uses, shapes, foods, materials, colours, places. Data and one table."""
# ruff: noqa: E501 (tables read better in long rows)

from retail_ai.engine.claims_words import COLOURS, MATERIALS, PERFORMANCE, PLACES

VALUES = {
    "hiking": "徒步", "trekking": "长途徒步", "day trips": "一日游", "work": "工作", "university": "上学", "travel": "旅行", "machine wash 30 °c": "30 °C机洗",
    "machine wash 40 °c": "40 °C机洗", "hand wash": "手洗", "laser printing": "激光打印", "laser": "激光打印", "inkjet printing": "喷墨打印", "inkjet": "喷墨打印", "organic": "有机",
    "face": "面部", "legs": "腿部", "beard": "胡须", "regular": "常规", "relaxed": "宽松", "slim": "修身", "adults": "成人", "english": "英文", "chinese": "中文", "lifetime": "终身",
    "duck down": "鸭绒", "recycled polyester": "再生聚酯纤维", "recycled nylon": "再生尼龙", "waterproof": "防水", "all": "所有", "normal": "普通", "dry": "干性", "oily": "油性", "unscented": "无香",
    "peru": "秘鲁", "colombia": "哥伦比亚", "ethiopia": "埃塞俄比亚", "czechia": "捷克", "kenya": "肯尼亚", "guatemala": "危地马拉",
}  # fmt: skip
VALUES |= {
    line.split("=")[0].strip(): line.split("=")[1].strip()
    for line in """
pigment-based ink=颜料墨水;dye-based ink=染料墨水;polyvinyl chloride (pvc)=聚氯乙烯(PVC);matte=哑光;matt=哑光;gloss=光面;glossy=光面;high-gloss=高光;semi-gloss=半光;cyan=青色;light cyan=浅青色;light magenta=浅品红色;photo black=照片黑;matte black=哑光黑
permanent=永久;removable=可移除;self-adhesive printer label=不干胶打印标签;laser/inkjet=激光/喷墨;rectangle=矩形;rounded rectangle=圆角矩形;round=圆形;oval=椭圆形;circle=圆形;square=方形;standard yield=标准容量;high (xl) yield=大容量(XL)
stranded=绞合;solid=实心;unisex=男女通用;men=男士;women=女士;girl=女孩;boy=男孩;boy/girl=男孩/女孩;children=儿童;kids=儿童;children & adults=儿童和成人;cellulose=纤维素;3 seasons=三季;all seasons=四季;winter=冬季;summer=夏季;spring=春季;autumn=秋季
daily=日常;everyday=日常;pump=按压泵;sealed lead acid (vrla)=密封铅酸(VRLA);sealed lead acid=密封铅酸;lithium-ion (li-ion)=锂离子;lithium-ion=锂离子;li-ion=锂离子;nickel-metal hydride (nimh)=镍氢(NiMH);alkaline=碱性
living room=客厅;bedroom=卧室;kitchen=厨房;office=办公室;home office=家庭办公室;bathroom=浴室;indoor=室内;outdoor=户外;garden=花园;keep cool and dry=置于阴凉干燥处;zip=拉链;buttons=纽扣;laces=系带
velcro=魔术贴;drawstring=抽绳;multi pack=多件装;neodymium=钕;nickel=镍;wheel=滚轮;led printing=LED打印;dot matrix=点阵打印;thermal transfer=热转印;direct thermal=热敏打印;laser printing=激光打印;camping=露营;running=跑步;trail running=越野跑
commuting=通勤;hiking=徒步;picnic=野餐;gaming=游戏;waterproof membrane=薄膜;memory foam=记忆棉;tower=塔式;clamshell=翻盖;bar=直板;industrial=工业风;scandinavian=北欧风;modern=现代;classic=经典;conventional=传统;ambidextrous=左右手通用;right-hand=右手
oiled=上油;lacquered=上漆;plain=纯色;striped=条纹;checked=格纹;floral=花卉;standard=标准;battery=电池;charger=充电器;acrylonitrile butadiene styrene (abs)=ABS塑料;polystyrene=聚苯乙烯;polypropylene (pp)=聚丙烯(PP);beech wood=榉木;solid oak=实心橡木
thermoplastic polyurethane (tpu)=TPU;briefcase=手提包;backpack=背包;sleeve case=内胆包;shock resistant=抗震;water resistant=防泼水;scratch resistant=防刮;dust resistant=防尘;vertical=立式;horizontal=卧式;straight=直型;angled=弯头;
dynamic=动圈;binaural=双耳;monaural=单耳;intraaural=入耳式;supraaural=贴耳式;circumaural=包耳式;in-ear=入耳式;over-ear=头戴式;triple-channel=三通道;dual-channel=双通道;single-mode=单模;multi-mode=多模
envelopes=信封;photo paper=相纸;plain paper=普通纸;labels=标签;notebook=笔记本电脑;tablet=平板电脑;monitor=显示器;printer=打印机;pc=电脑;gel=凝胶;crew=圆领;v-neck=V领;roll neck=高领;slim=修身;regular=常规;relaxed=宽松;sensitive=敏感性
vanilla=香草味;lemon=柠檬味;hazelnut=榛子味;sea salt=海盐味;lavender=薰衣草;citrus=柑橘;sandalwood=檀香;gluten=麸质;milk=牛奶;nuts=坚果;peanuts=花生;soya=大豆;sesame=芝麻;celery=芹菜;mustard=芥末;eggs=鸡蛋;fish=鱼;may contain nuts=可能含坚果
wheat flour=小麦粉;water=水;sugar=糖;cocoa butter=可可脂;cocoa mass=可可液块;oats=燕麦;honey=蜂蜜;almonds=杏仁;tomatoes=番茄;basil=罗勒;olive oil=橄榄油;aloe vera=芦荟;shea butter=乳木果油;glycerin=甘油;corduroy=灯芯绒;one size=均码
wired=有线;wireless=无线;mechanical=机械;optical=光学;manual=手动;automatic=自动;digital=数字;analogue=模拟;external=外置;internal=内置;portrait=纵向;landscape=横向;farm=农场;pirates=海盗;textile=纺织面料;mesh=网布;suede=麂皮
belgium=比利时;serbia=塞尔维亚;hungary=匈牙利;indonesia=印度尼西亚;philippines=菲律宾;ireland=爱尔兰;bangladesh=孟加拉国;lithuania=立陶宛;romania=罗马尼亚;costa rica=哥斯达黎加;prc=中国;female=母头;male=公头;medium=中度;black on white=白底黑字
salmon=三文鱼;chicken=鸡肉;beef=牛肉;lamb=羊肉;pork=猪肉;duck=鸭肉;turkey=火鸡;tuna=金枪鱼;rice=大米;wheat=小麦;maize=玉米;corn=玉米;barley=大麦;rye=黑麦;potato=土豆;carrot=胡萝卜;pea=豌豆;peas=豌豆;soy=大豆;almond=杏仁;walnuts=核桃;cashew=腰果;coconut=椰子
butter=黄油;cheese=奶酪;egg=鸡蛋;yeast=酵母;flour=面粉;cocoa=可可;coffee=咖啡;tea=茶;black tea=红茶;green tea=绿茶;white tea=白茶;oolong=乌龙茶;chocolate=巧克力;apple=苹果;strawberry=草莓;raspberry=覆盆子;blueberry=蓝莓;banana=香蕉;mango=芒果;peach=桃
cherry=樱桃;grape=葡萄;mint=薄荷;ginger=生姜;garlic=大蒜;onion=洋葱;pepper=胡椒;chilli=辣椒;cinnamon=肉桂;rose=玫瑰;jasmine=茉莉;chamomile=洋甘菊;eucalyptus=桉树;tea tree=茶树;argan oil=摩洛哥坚果油;jojoba=荷荷巴;collagen=胶原蛋白;hyaluronic acid=透明质酸
retinol=视黄醇;vitamin c=维生素C;vitamin e=维生素E;vitamin d=维生素D;calcium=钙;gelatine=明胶;gelatin=明胶;lactose=乳糖;caffeine=咖啡因;alcohol=酒精;alcohol free=不含酒精;preservatives=防腐剂;parabens=对羟基苯甲酸酯;sulphates=硫酸盐
sulfates=硫酸盐;silicones=硅油;perfume=香精;colourants=色素;colours=色素;artificial colours=人工色素;flavouring=香精;sweeteners=甜味剂;solvents=溶剂;solvent=溶剂;ruby=红宝石;emerald=祖母绿;pearl=珍珠;amber=琥珀;onyx=玛瑙
white gold=白金;yellow gold=黄金;platinum=铂金;tin=锡;lead=铅;spruce=云杉;maple=枫木;rosewood=玫瑰木;ebony=乌木;cedar=雪松;cherry wood=樱桃木;ash=白蜡木;rubberwood=橡胶木;chipboard=刨花板;felt=毛毡;lace=蕾丝;satin=缎面;tencel=天丝;lyocell=莱赛尔;modal=莫代尔;chiffon=雪纺
spring=弹簧;pocket springs=独立袋装弹簧;disc brakes=碟刹;hydraulic=液压;rim brakes=圈刹;hub gear=内变速;derailleur=外变速;front=前;rear=后;left=左;right=右;right-handed=右手;left-handed=左手;double=双;single=单;dynamo=发电机;removable=可拆卸;detachable=可拆卸
replaceable=可更换;refillable=可补充;interior=室内;exterior=室外;interior walls=内墙;ceilings=天花板;walls=墙面;floors=地板;dogs=犬;adult dogs=成犬;puppies=幼犬;cats=猫;kittens=幼猫;large breeds=大型犬;small breeds=小型犬;beginners=初学者
guitar=吉他;strings=琴弦;piano=钢琴;gas=燃气;induction=电磁炉;oven=烤箱;microwave=微波炉;kettle=水壶;pot=锅;pan=平底锅;lid=盖子;knife=刀;scissors=剪刀;tent=帐篷;poles=帐杆;helmet=头盔;bicycle=自行车;speaker=音箱;headphones=耳机;watch=手表;strap=表带;lamp=灯
gift box=礼盒;gift wrap=礼品包装;engraving=刻字;instructions=说明书;batteries=电池;remote=遥控器;adapter=适配器;cable=线;storage bag=收纳袋;travel case=旅行盒;manual=说明书;brush=刷子;shampoo=洗发水;soap=肥皂;lotion=乳液;gel=凝胶;serum=精华;oil=油;spray=喷雾;capsules=胶囊;tablets=片剂
powder=粉末;liquid=液体;paste=膏状;matt=哑光;loose leaf=散装茶叶;tea bags=茶包;whole bean=咖啡豆;ground=研磨;dry hair=干性发质;oily hair=油性发质;damaged hair=受损发质;coloured hair=染后发质;combination skin=混合性肌肤;dry skin=干性肌肤;oily skin=油性肌肤;sensitive skin=敏感肌
east=东;warm white=暖白光;cool white=冷白光;daylight=日光;neutral white=中性白;led=LED;halogen=卤素;motor=电机;brushless=无刷;paperback=平装;hardcover=精装;stereo=立体声;mono=单声道;stereo pairing=立体声配对;voice assistant=语音助手
night=夜间;day=日间;morning=早晨;evening=晚上;harvest=采摘;first flush=头茬;machine=机器;hand=手工;school=学校;travel=旅行;beach=海滩;swimming=游泳;yoga=瑜伽;fitness=健身;cycling=骑行;fishing=钓鱼;hunting=狩猎;climbing=攀岩;skiing=滑雪;football=足球;tennis=网球
sri lanka=斯里兰卡;morocco=摩洛哥;greece=希腊;ireland=爱尔兰;scotland=苏格兰;egypt=埃及;south africa=南非;argentina=阿根廷;chile=智利;new zealand=新西兰;nepal=尼泊尔;pakistan=巴基斯坦;cambodia=柬埔寨;slovakia=斯洛伐克;slovenia=斯洛文尼亚;bulgaria=保加利亚;ukraine=乌克兰;russia=俄罗斯
uruguay=乌拉圭;paraguay=巴拉圭;bolivia=玻利维亚;ecuador=厄瓜多尔;cuba=古巴;jamaica=牙买加;honduras=洪都拉斯;panama=巴拿马;venezuela=委内瑞拉;israel=以色列;jordan=约旦;iran=伊朗;saudi arabia=沙特阿拉伯;qatar=卡塔尔;tunisia=突尼斯;algeria=阿尔及利亚
ghana=加纳;nigeria=尼日利亚;tanzania=坦桑尼亚;uganda=乌干达;rwanda=卢旺达;madagascar=马达加斯加;ivory coast=科特迪瓦;iceland=冰岛;estonia=爱沙尼亚;latvia=拉脱维亚;luxembourg=卢森堡;croatia=克罗地亚;cyprus=塞浦路斯;malta=马耳他;laos=老挝;myanmar=缅甸;mongolia=蒙古;kazakhstan=哈萨克斯坦;sri lankan=斯里兰卡
office chair=办公椅;chair=椅子;chairs=椅;table=桌子;desk=书桌;sofa=沙发;bed=床;mattress=床垫;wardrobe=衣柜;sideboard=餐边柜;shelf=架子;mirror=镜子;rug=地毯;curtain=窗帘;pillow=枕头;duvet=被子;towel=毛巾;bulb=灯泡;lamp=台灯;printer=打印机;toner=碳粉;ink=墨水;laptop=笔记本电脑;router=路由器;camera=相机
jacket=夹克;shirt=衬衫;dress=连衣裙;skirt=裙子;trousers=裤子;jeans=牛仔裤;shoes=鞋;boots=靴子;socks=袜子;hat=帽子;scarf=围巾;gloves=手套;bag=包;rucksack=背包;suitcase=行李箱;wallet=钱包;necklace=项链;ring=戒指;earrings=耳环;stroller=婴儿车;toy=玩具;puzzle=拼图;novel=小说;book=书
laundry=衣物;detergent=洗衣液;conditioner=护发素;toothpaste=牙膏;toothbrush=牙刷;razor=剃须刀;yarn=毛线;needle=针;wool origin=羊毛产地;fine=细软;normal=普通;curly=卷曲;straight=直;dry=干燥;laser=激光;monochrome=黑白;enzymes=酶;phosphates=磷酸盐;mercury=汞
black on red=红底黑字;black on yellow=黄底黑字;rubber=橡胶;crepe=绉胶;cork=软木;velvet=天鹅绒;rattan=藤;glass jar=玻璃罐;hands=手部
""".replace("\n", ";").split(";")
    if "=" in line
}  # fmt: skip


def _table() -> dict[str, str]:
    found: dict[str, str] = {}
    for table in (PERFORMANCE, MATERIALS, COLOURS):
        for joined in table.values():
            phrases = joined.split("|")
            han = [p for p in phrases if not p.isascii()]
            best = (
                max(han, key=lambda p: (p.endswith("色"), len(p) == 2, -len(p)))
                if table is COLOURS and han
                else (han[0] if han else "")
            )
            found.update({p: best for p in phrases if best and p.isascii()})
    found.update(
        {
            p: joined.split("|")[-1]
            for place, joined in PLACES.items()
            for p in (place, *joined.split("|"))
            if p.isascii()
        }
    )
    return {**found, **VALUES}


CHINESE = _table()
