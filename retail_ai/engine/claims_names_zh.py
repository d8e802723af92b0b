"""Simplified Chinese for common attribute names. Data only."""
# ruff: noqa: E501 (tables read better in long rows)

NAMES = {
    line.split("=")[0].strip(): line.split("=")[1].strip()
    for line in """
headphone jack=耳机孔;scanner=扫描仪;fax=传真;chronograph=计时功能;pickup=拾音器;headrest=头枕;lumbar support=腰部支撑;kickstand=脚撑;age=适用年龄;ages=适用年龄;blade=刀片;blade material=刀片材质;brakes=刹车;gears=档位数;wheel size=轮径;tyre size=轮胎尺寸;frame size=车架尺寸;suspension=避震;lights=车灯;kickstand=脚撑;mudguards=挡泥板;luggage rack=货架;trial period=试用期;firmness=软硬度;core=芯材;cover=外套;zones=分区数;top layer=顶层;coverage=涂布面积
drying time=干燥时间;coats=涂层数;base=底座;brewing time=冲泡时间;brewing temperature=冲泡温度;harvest=采摘;region=产区;caffeine=咖啡因;daily dose=每日用量;dosage=用量;capsule shell=胶囊壳;form=剂型;crude protein=粗蛋白;crude fat=粗脂肪;crude fibre=粗纤维;shelf life=保质期;inner height=内高
pack size=收纳尺寸;doors=门数;vestibules=前厅数;flysheet=外帐;floor=底料;seasons=适用季节;freestanding=自立式;stone=主石;stone colour=石色;stone weight=石重;ring size=戒指尺寸;band width=戒圈宽度;setting=镶嵌;metal=金属;gift box=附礼盒;engraving=刻字;output power=输出功率;wireless range=无线距离
charging time=充电时间;stereo pairing=立体声配对;voice assistant=语音助手;charging port=充电接口;frequency response=频率响应;body=琴身;neck=琴颈;strings=弦数;frets=品数;scale length=有效弦长;dimmable=可调光;bulb shape=灯泡形状;beam angle=光束角;lifetime=使用寿命;wattage=瓦数;hair type=适用发质;ph=pH值
sulphate free=不含硫酸盐;sulfate free=不含硫酸盐;alcohol free=不含酒精;oil free=不含油;blades=刀片数;teeth=齿数;jar=罐;lid=盖子;knob=旋钮;pouch=袋;straps=肩带;sleeve length=袖长;waist=腰围;inseam=内缝长;rise=裆长;hem=下摆;buckle=扣;clasp=扣;dial=表盘;movement=机芯;water depth=防水深度;nib=笔尖
handle=手柄;lid=盖子;rain cover=附雨罩;straps=肩带;frame=框架;base=底座;colour=颜色;color=颜色;product colour=颜色;weight=重量;net weight=净重;packed weight=打包重量;material=材质;sizes=尺码;size=尺寸;dimensions=尺寸;packed size=收纳尺寸;capacity=容量
volume=容量;content=内含;suitable for=适用;battery life=续航;battery capacity=电池容量;battery=电池;connector=接口;country of origin=产地;origin=产地;display size=屏幕尺寸;display=屏幕
display resolution=分辨率;display type=屏幕类型;resolution=分辨率;refresh rate=刷新率;storage=存储;memory=内存;internal memory=内存;processor=处理器;operating system=操作系统;water resistance=防护等级
power=功率;output power=输出功率;connection=连接方式;connectivity=连接方式;length=长度;cable length=线长;width=宽度;height=高度;depth=深度;thickness=厚度;diameter=直径;upper material=鞋面材质;sole=鞋底
lining=内衬;warranty=保修期;fabric weight=面料克重;fit=版型;language=语言;pages=页数;author=作者;published=出版年份;release year=发布年份;rear cameras=后置摄像头;front camera=前置摄像头;camera=摄像头
age range=适用年龄;ports=接口;certification=认证;compatible with=兼容;works with=兼容;compatibility=兼容;drop protection=跌落保护高度;magnetic=磁吸;noise cancelling=主动降噪;pockets=口袋数;vegan=纯素
players=游戏人数;persons=适用人数;pieces=件数;driver size=驱动单元;luminous flux=光通量;colour temperature=色温;energy class=能效等级;playing time=游戏时长;run time=运行时间;pump pressure=泵压
maximum load=承重;working width=工作宽度;water column=耐水压;floor area=内部面积;comfort temperature=舒适温度;back length=背长;protein=蛋白质;energy=能量;serving size=每份;drop=前后落差;insulation=填充
shelf life after opening=开封后保质期;best before=保质期;dishwasher safe=可用洗碗机清洗;reflective=反光;carry bag=附收纳袋;rain cover=附雨罩;laptop compartment=电脑隔层;refillable=可补充装;silicone-free=不含硅油
bluetooth=蓝牙;Bluetooth=蓝牙;Wi-Fi=Wi-Fi;built-in microphone=内置麦克风;touchscreen=触控屏;quantity per pack=每包数量;pack size=每包数量;black toner page yield=黑色打印页数;colour toner page yield=彩色打印页数
page yield=打印页数;printing colours=打印颜色;print technology=打印技术;cable colour=线缆颜色;connector 1=接口一;connector 2=接口二;processor cores=处理器核心数;display diagonal=屏幕尺寸;total storage capacity=存储容量
sensor resolution=传感器分辨率;care=洗护;use=用途;fragrance=香味;socket=灯座;paper=纸张;format=规格;sun protection=防晒指数;fly material=外帐材质;poles=帐杆;charging=充电接口;pen support=支持手写笔
closure=闭合方式;weight capacity=承重;voltage=电压;frequency=频率;speed=速度;bpa-free=不含双酚A;waterproof=防水;rechargeable=可充电;foldable=可折叠;wireless=无线;product type=类型;jacket material=护套材质
ink type=墨水类型;shape=形状;finish type=表面处理;finish=表面处理;form factor=外形规格;compatible operating systems=兼容操作系统;windows operating systems supported=支持的Windows系统;mac operating systems supported=支持的Mac系统
mobile operating systems supported=支持的移动系统;server operating systems supported=支持的服务器系统;connector contacts plating=触点镀层;threads=线程数;cable shielding=线缆屏蔽;maximum resolution=最大分辨率;connectors=接头
adhesive type=粘合类型;cores=核心数;led indicators=LED指示灯;label type=标签类型;season=适用季节;housing material=外壳材质;colour ink cartridges=彩色墨盒数;black ink cartridges=黑色墨盒数;bus speed=总线速度;gender=适用性别
recommended gender=适用性别;energy star certified=能源之星认证;cartridge capacity=墨盒容量;ac outlets=交流插座数;internal memory type=内存类型;serial ports=串行端口数;speakers=扬声器数;hdmi ports=HDMI端口数;battery technology=电池技术
battery type=电池类型;batteries=电池;cabling technology=布线技术;networking standards=网络标准;ingredients=配料;ethernet lan=以太网;cable type=线缆类型;input connection type=输入接口类型;lining material=内衬材质
discrete graphics adapter model=独立显卡;shelves=层数;drawers=抽屉数;conductor type=导体类型;conductor material=导体材质;gluten free=不含麸质;gluten-free=不含麸质;print cartridges=墨盒数;torque=扭矩;mac compatibility=兼容Mac;dc in jack=直流输入接口
full duplex=全双工;displayports=DisplayPort端口数;protection features=防护功能;lid material=盖子材质;organic=有机;rack capacity=机架容量;audible alarms=声音报警;cordless=无线;temperature rating=温标;heat retention=保温时间
flavour=口味;flavor=口味;scent=香味;salt=盐;sugars=糖;sugar=糖;fat=脂肪;saturates=饱和脂肪;fibre=膳食纤维;sodium=钠;calcium=钙;oven safe=可入烤箱;snagless cable boot=防钩挂线套;memory clock speed=内存频率;texture=质地;bpa free=不含双酚A
paraben free=不含对羟基苯甲酸酯;vegan=纯素;buttons=按键数;set includes=套装内含;pattern=图案;handle material=手柄材质;nominal input voltage=额定输入电压;built-in display=内置显示屏;usb port=USB端口;case type=包型;style=风格;speed settings=档位数
brushless motor=无刷电机;contents=内含;dispenser=包装形式;noise level=噪音;display technology=显示技术;ear coupling=佩戴方式;cable lock slot=线缆锁孔;label colour=标签颜色;sata connectors=SATA接口数;on board graphics adapter=板载显卡;insole=鞋垫
blade length=刀片长度;leg material=腿部材质;led light=LED灯;battery cells=电池芯数;memory form factor=内存规格;water resistant=防泼水;ac outlet types=交流插座类型;processor threads=处理器线程数;interface type=接口类型;panel type=面板类型
memory slots=内存插槽数;processor socket=处理器插座;theme=主题;scroll type=滚轮类型;magnet type=磁体类型;cable lock slot type=线缆锁孔类型;mounting=安装方式;mounting type=安装方式;video port type=视频端口类型;dimm slots=DIMM插槽数
rack mounting=机架安装;allergens=过敏原;neckline=领型;power supply type=电源类型;supply type=供应方式;ac adapter=电源适配器;surge protection=浪涌保护;power plug=电源插头;esata ports=eSATA端口数;optical scanning resolution=光学扫描分辨率
duplex printing=双面打印;chuck size=夹头规格;educational=益智;application area=使用部位;paper size=纸张尺寸;magnetically shielded=磁屏蔽;on off switch=电源开关;output connections=输出接口;input connections=输入接口;cooling type=散热方式
maximum copy resolution=最大复印分辨率;processor frequency=处理器频率;power source=电源;backlight=背光;shoulder strap=肩带;carrying handles=提手;handles=提手数;integrated card reader=内置读卡器;memory channels=内存通道;membrane=薄膜
buttons type=按键类型;direct printing=直接打印;maximum print size=最大打印尺寸;height adjustment=高度调节;design=设计;lamp type=灯泡类型;built-in processor=内置处理器;heel height=跟高;usb version=USB版本;compartments=隔层数;key ring=钥匙圈
keyboard form factor=键盘规格;control type=控制方式;channels=声道数;parallel ports=并行端口数;scanner type=扫描类型;sensor type=传感器类型;equalizer=均衡器;security features=安全功能;audio input=音频输入;audio output=音频输出;driver type=驱动单元类型
microphones=麦克风数;microphone=麦克风;cable jacket material=护套材质;serial port=串行端口;usb ports=USB端口数;usb 2.0 ports=USB 2.0端口数;keyboard layout=键盘布局;keyboard language=键盘语言;wearing style=佩戴方式;colour name=颜色名称
colours=颜色;upholstery=面料;room=适用房间;seats=座位数;sleeps=可住人数;servings=份数;usage=用途;skin type=适用肤质;hair type=适用发质;texture type=质地;activity=适用活动;volume per bottle=每瓶容量;number of bottles=瓶数;roast=烘焙度
upper material=鞋面材质;sole=鞋底;sole material=鞋底材质;pockets=口袋数;hood=兜帽;outer material=面料;collar=领型;sleeve=袖长;heel type=跟型;assembly required=需组装;frame material=框架材质;frame colour=镜框颜色;lens colour=镜片颜色
power supply location=电源位置;compatible products=兼容产品;target audience=适用人群;cooling technology=散热技术;label size=标签尺寸;light source type=光源类型;bulb size=灯泡规格;expansion slots=扩展插槽数;hot keys=快捷键数;preset stations=预设电台数
fm radio=FM收音机;rechargeable battery=充电电池;built-in speakers=内置扬声器;remote control=遥控器;cable included=附线缆;screws=附螺丝;trimmer=修剪器;washable=可水洗;dimmable=可调光;retractable cable=伸缩线;cleaning cloth=附清洁布
stapling=装订;network ready=可联网;energy class=能效等级;beam angle=光束角;country of manufacture=产地;made in=产地;designed in=设计地;net quantity=净含量;storage instructions=储存方法;storage=存储;strength=强度;consistency=质地
""".replace("\n", ";").split(";")
    if "=" in line
}  # fmt: skip
