"""Simplified Chinese for common attribute names. Data only."""
# ruff: noqa: E501 (tables read better in long rows)

NAMES = {
    line.split("=")[0].strip(): line.split("=")[1].strip()
    for line in """
colour=颜色;color=颜色;product colour=颜色;weight=重量;net weight=净重;packed weight=打包重量;material=材质;sizes=尺码;size=尺寸;dimensions=尺寸;packed size=收纳尺寸;capacity=容量
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
""".replace("\n", ";").split(";")
    if "=" in line
}  # fmt: skip
