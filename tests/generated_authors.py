"""What generated forms say: drawn projects, sums, plans and indicators."""

from collections import Counter
from collections.abc import Iterator
from random import Random
from typing import Any

from generated_printing import NEXT_TO_DIGITS
from ledger.domain.codes import check_character

# What forms say. Names in braces are drawn anew each time they are met.


def _sector(*words: str) -> dict[str, list[str]]:
    parts = ("unit", "thing", "people", "effect")
    return {part: text.split() for part, text in zip(parts, words, strict=True)}


SECTORS = [
    _sector(
        "教育局 教育局本级 第二中学 职业技术教育中心 特殊教育学校 幼儿园",
        "校舍维修改造 义务教育公用经费 学生营养改善计划 教师培训 校园安防 教学仪器设备 "
        "家庭经济困难学生资助 智慧校园（二期） 中小学“双减”课后服务 3D打印实验室",
        "学生 教师 家长 家庭经济困难学生 幼儿",
        "改善办学条件 促进教育公平 减轻家庭负担 提高教育教学质量，办人民满意的教育",
    ),
    _sector(
        "卫生健康局 疾病预防控制中心 妇幼保健院 人民医院 中医院 城关镇卫生院",
        "基本公共卫生服务 计划免疫 CT设备 村医补助 两癌筛查 艾滋病、结核病防治 "
        "家庭医生签约 孕前优生健康检查 120急救站点 医疗废物处置",
        "患者 村医 65岁以上老年人 孕产妇 就诊群众",
        "提高居民健康水平 降低传染病发病率 缓解看病难、看病贵问题 健全公共卫生体系",
    ),
    _sector(
        "水务局 河道管理处 灌区管理所 水库管理中心 农村供水服务站",
        "河道清淤 农村饮水安全巩固提升 水库除险加固 地下水超采综合治理 渠道衬砌 "
        "水质监测 防汛物资储备 机井管护 《水法》宣传 河长制",
        "受益群众 用水户 巡河员 沿线村民",
        "保障饮水安全 提高防洪能力 改善河道水环境 节约水资源，实现水资源可持续利用",
    ),
    _sector(
        "交通运输局 公路养护中心 地方道路管理站 公共汽车公司",
        "农村公路养护 危桥改造 县道X318线大修 LED路灯 公交运营补贴 治超站点运行 "
        "路面灌缝 交通标志标线 “四好农村路”建设 桥梁定期检测",
        "司机 沿线群众 养护工人 乘客",
        "方便群众出行 降低事故发生率 改善通行条件 带动沿线乡村产业发展，助力乡村振兴",
    ),
    _sector(
        "农业农村局 农业技术推广站 畜牧服务中心 农机监理站",
        "高标准农田 耕地地力保护补贴 农机购置补贴 病虫害防治 秸秆综合利用 小麦一喷三防 "
        "动物防疫 农村厕所改造 种植业保险（含玉米、大豆） 土壤样品检测",
        "农户 种粮大户 脱贫户 防疫员 新型职业农民",
        "增加农民收入 保障粮食安全 减少化肥农药用量 提高农业综合生产能力",
    ),
    _sector(
        "文化广电和旅游局 图书馆 文化馆 博物馆 广播电视台",
        "公共图书馆免费开放 非物质文化遗产保护 送戏下乡 文物保护单位修缮 电子图书 "
        "农村公益电影放映 乡镇文化站（室）设备 《县志》编纂 旅游推介 VR展厅",
        "读者 观众 游客 演职人员 村民",
        "丰富群众文化生活 传承优秀传统文化 提升文化软实力 吸引游客，带动消费",
    ),
    _sector(
        "人力资源和社会保障局本级 民政局 社会保险事业服务中心 残疾人联合会 医疗保障局",
        "农村低保 残疾人两项补贴 城乡居民养老保险 公益性岗位补贴 临时救助 高龄津贴 "
        "就业技能培训 劳动仲裁 退役士兵待遇 社保卡制发",
        "参保人员 残疾人 低保对象 失业人员 老年人 优抚对象",
        "维护社会稳定 保障基本生活 促进就业 增强群众获得感、幸福感和安全感",
    ),
    _sector(
        "生态环境局 生态环境监测站 自然资源和规划局 国有林场 城市管理综合行政执法局",
        "PM2.5监测 VOCs治理 散煤治理 生活垃圾分类 污水处理厂运行 造林绿化 清洁取暖 "
        "空气质量自动站运维 矿山修复 餐厨垃圾收运",
        "居民 企业 环卫工人 护林员 周边群众",
        "改善空气质量 提高环境质量 减少污染物排放 打赢蓝天、碧水、净土保卫战",
    ),
]


def _templates(*texts: str) -> tuple[list[str], ...]:
    return tuple(text.split() for text in texts)


COMMON = {
    name: templates.split()
    for name, templates in {
        "kind": "经费 专项经费 补助资金 项目 工程 资金 运行维护费 工作经费 费用",
        "name": """{thing}{kind} {thing}{kind} {thing}{kind} {year}年{thing}{kind} {thing}
            {year}年{thing}{kind} {thing}、{thing}{kind} 【{tier}】{thing}{kind}
            冀财{office}〔{last}〕{nnn}号提前下达{year}年{tier}{thing}补助资金
            冀财{office}{last}年{nnn}号提前下达{year}年{tier}{thing}资金-中央直达资金
            关于{year}年{thing}及{thing}{kind}（第{n}批） {thing}{kind}[{last}年结转]
            《{year}年{thing}实施方案》配套资金""",
        "office": "社 教 农 建 环 规 资环",
        "tier": "中央 省级 市级 县级",
        "do": "开展 完成 推进 保障 加强 做好 落实 提高",
        "purpose": """{project} {project} {do}{thing}工作 用于{thing} {effect}。
            用于支付{people}{thing}等费用 {year}年{thing}支出{nn}万元
            为了{do}{thing}工作，{effect}，{effect}。
            {do}{thing}、{thing}工作，确保{people}受益，{effect}
            按照《{thing}管理办法》（{last}年）规定，对{people}给予补助，{effect}。""",
        "goal": """{effect} {effect} {do}{thing}工作 {do}{thing}，{effect} {do}【{thing}】
            确保{year}年{thing}顺利完成 为{people}提供服务，服务对象不少于{nnn}人次
            {thing}覆盖率达到{p}%以上；{people}满意
            通过{thing}的实施，有效{do}{thing}工作，{effect}，受益{people}{nnn}人以上""",
        "basis": """单位工作年度计划 工作计划 县委县政府工作安排 工作安排 行业标准 县领导批示
            历史标准 项目合同 实施方案 相关文件 年度工作要点，由领导批示 《{thing}管理办法》
            冀财{office}〔{last}〕{nnn}号 冀政办发[{last}]{n}号 政字【{last}】{n}号文件要求
            冀财{office}{last}年{nnn}号文 政发【{last}】{nn}号等一系列相关文件""",
        "survey": "调查问卷 调查问卷 问卷调查 满意度 群众满意度调查",
    }.items()
}

_RATE = (
    "100% 100百分比 ≥98% ≥{p}% ≥{p}百分比 ≥98百分号 {p}%以上 不低于{p}% 90%-95% {p}%"
)
_EFFECT = """效果显著 效果显著 ≥90% ≥{p}% 明显改善 逐年提升 长期 有所提高 0起 显著 —
    优化环境，提升工作环境 持续改善，群众得到实惠 {effect} 进一步增强"""

# By level 2: names of indicators, descriptions of them, and targets.
INDICATORS = {
    "数量": _templates(
        """{thing}数量 {thing}数 {people}人数 人数 补助{people}人数 购置设备数量(台) 培训次数
        {thing}个数（个） {thing}面积 印发宣传资料份数 {nn}个{thing}点位""",
        """{do}{thing}数量 全县{people}{nnn}人 {year}年符合条件的{people}人数 {thing}的数量
        全年{do}{thing}的次数 {do}{thing}、{thing}等工作的数量，以实际发生数为准""",
        """{n}台 3台 ≥{n}次 >5次 ≥{nnn}人 {nnn}人 ≥7.24万人 ≥{n}.{n}万人 不少于{n}种 {n}处
        300人以上 至少{n}次 ＞{n}场 {n}.{n}公里 {nnn}亩 ≥{nnn}人数 =8个 ≥{nnn}{nn}份""",
    ),
    "质量": _templates(
        """{thing}合格率 验收合格率 {thing}达标率（%） 覆盖率 政策执行到位率 {people}出勤率
        {do}{thing}质量 发放率 补助资金占应补助资金的比率""",
        """实际{do}数占应{do}数的比例 {thing}验收合格数量占总数的比率
        {thing}质量符合国家标准（GB/T{nnn}-{last}） 严格按照{thing}程序办理，正确率占比""",
        f"{_RATE} 合格 符合标准 ≥≥98% 达到III类水质标准",
    ),
    "时效": _templates(
        """完成时间 {thing}完成时间 资金到位率 {thing}及时率 资金拨付及时率 开工时间
        补贴资金发放到位日期""",
        """{thing}完成的时间 每月{n}日前发放到{people}账户 {year}年底前{do}{thing}
        自申请即日起发放补贴时间不高于{nn}天 实际完成时间与应完成时间的比例，按月统计""",
        """25日 每月15日前 每年12月份征缴期之后 {year}年12月底前 11月底 9月前 ≤90天 ≤7个月
        {year}年12月31日前 {year}年11月完成 及时 按时完成 100% ≤{nn}天 {year}.03-{year}.12""",
    ),
    "成本": _templates(
        """项目预算控制数 成本 {thing}成本 人均补助标准 预算 {thing}费用 成本控制率
        征缴收入（万元） 每人{n}元""",
        """{do}{thing}所需成本 {thing}平均成本 预算 {people}人均补助标准
        {do}1个{thing}的费用 {thing}应发尽发所需成本，不含上年结转""",
        r"""≤0.1万元\件 ≤6.5万\次 2000元 ≤{nnn}0元 {n}万元 {nnn}.{nn}万元 不超过{n}万元
        ≤{nn}元/人 ≤{nnn}元/平方米 ≤100% 2000万元 不高于{nnn}元""",
    ),
    "经济效益": _templates(
        "带动{people}增收 促进经济发展 {people}年均增收 节约财政资金 带动就业，增加收入",
        "带动{people}人均年增收{nnn}元 对于基层建设的发展性 {effect} 通过{thing}，{effect}",
        f"{_EFFECT} ≥{{nnn}}元 ≥{{n}}万元",
    ),
    "社会效益": _templates(
        """{effect} 政策知晓率 {people}生活水平提高 工作氛围 受益{people}覆盖面（%）
        提升{people}安全意识""",
        "{effect} 通过部门履职有效{do}{thing}工作，{effect} 受益{people}占总数的比率 社会影响",
        _EFFECT,
    ),
    "生态效益": _templates(
        "改善生态环境 污染物减排 节能降耗 {thing}环境影响 空气优良天数比例（%）",
        "通过{thing}改善周边环境 减少CO2排放，节约用电{nnn}度 {effect} 资源节约",
        _EFFECT,
    ),
    "可持续影响": _templates(
        "保障日常办公 持续发挥作用期限 {thing}长效机制 项目持续发挥作用程度 {effect}",
        "建立健全{thing}长效管护机制 {effect} 设备使用年限不少于{n}年 持续影响",
        f"{_EFFECT} ≥{{n}}年 5年",
    ),
    "服务对象满意度": _templates(
        "服务对象满意度指标 {people}满意度 满意度 满意率 群众满意度 {people}对{thing}的满意度",
        "群众满意度 {people}满意度 满意程度 群众满意数量占总数的比例。 服务对象的满意度（%）",
        "≥98% ≥95% ≥{p}% 90% ≥98百分比 ≥{p}百分号 {p}%以上 不低于{p}% 满意",
    ),
}

LONGEST = 45
PLAN_COLUMNS = [
    ["3月底", "6月底", "10月底", "12月底"],
    ["3月底", "6月底", "10月底", "12月底"],
    ["3月", "6月", "9月", "12月"],
]


class Author:
    """Who draws what the forms of one document say."""

    def __init__(self, rng: Random):
        self.rng = rng
        self.year = rng.randint(2020, 2026)
        self.money_unit = rng.choice(["万元", "万元", "元"])
        self._district = f"{rng.randint(11, 65)}{rng.randint(1, 9999):04d}"
        self._county = rng.choice(
            "清河县 平乡县 广宗县 威县 新河县 南和区 宁晋县".split()
        )
        self._blanks = rng.choice([0, 0.05, 0.2])
        self._plan_columns = rng.choice(PLAN_COLUMNS)
        self._cost_is_level1 = rng.random() < 0.2
        self._next_unit()

    def form(self, seq: int) -> dict[str, Any]:
        """Draw one form."""
        if self.rng.random() < 0.3:
            self._next_unit()
        name = self._draw("name")
        self._pools["project"] = [name]
        return {
            "seq": seq,
            "title": name,
            "unit_code": self._unit_code,
            "unit_name": self._unit_name,
            "project_code": self._code(),
            "project_name": name,
            **self._money(),
            "purpose": self._draw("purpose"),
            "plan_columns": self._plan_columns,
            "goals": list(self._goals()),
            "indicators": list(self._indicators()),
        }

    def __getitem__(self, name: str) -> str:
        """Return what a name in braces stands for, this time."""
        if pool := self._pools.get(name):
            return self._fill(self.rng.choice(pool))
        numbers = {"n": (1, 9), "nn": (10, 99), "nnn": (100, 999), "p": (80, 99)}
        if name in numbers:
            return str(self.rng.randint(*numbers[name]))
        return str({"year": self.year, "last": self.year - 1}[name])

    def _next_unit(self) -> None:
        self._pools = COMMON | self.rng.choice(SECTORS)
        self._unit_code = str(self.rng.randint(101001, 999999))
        self._unit_name = self._county + self.rng.choice(self._pools["unit"])

    def _fill(self, template: str) -> str:
        return template.format_map(self)

    def _draw(self, name: str) -> str:
        while len(text := self._spaced(self[name])) > LONGEST:
            pass
        return text

    def _spaced(self, text: str) -> str:
        """Put blanks where an extractor sees them: beside runs of digits."""
        return NEXT_TO_DIGITS.sub(
            lambda _: " " * (self.rng.random() < self._blanks), text
        )

    def _code(self) -> str:
        serial = self.rng.randint(10**9, 10**11 - 1)
        code = f"{self._district}{self.year % 100}P{serial:011d}"
        return f"{code}{check_character(code)}"

    def _money(self) -> dict[str, Any]:
        """Draw the budget in hundredths, its sources and its plan."""
        rng = self.rng
        most = 300_000 if self.money_unit == "万元" else 900_000_000
        budget = rng.choice([rng.randint(1, 99) * 100, rng.randint(100, most)])
        other = rng.choice([None] * 6 + [0, budget // rng.randint(2, 9)])
        shown = rng.choice([4, 4, 4, 4, 1, 1, 2, 3])
        plan = [*sorted(rng.randint(0, budget) for _ in range(shown - 1)), budget]
        if rng.random() < 0.4:
            before = [0, *plan[:-1]]
            plan = [due - done for done, due in zip(before, plan, strict=True)]
        return {
            "budget": _decimal(budget),
            "fiscal_funds": _decimal(budget - (other or 0)),
            "other_funds": None if other is None else _decimal(other),
            "plan_row": [_decimal(amount) for amount in plan],
        }

    def _goals(self) -> Iterator[str]:
        final = self.rng.choice(["。", "。", "", None])
        for _ in range(self.rng.choice([1, 2, 3, 3, 3, 4, 5])):
            stop = self.rng.choice(["。", ""]) if final is None else final
            yield self._draw("goal").rstrip("。") + stop

    def _indicators(self) -> Iterator[dict[str, str | None]]:
        usual, names = self._draw("basis"), set()
        for level1, level2 in self._levels():
            called, described, aimed = INDICATORS[level2]
            name = self._one_of(called)
            while (bare := name.replace(" ", "")) in names:
                name = self._one_of(called)
            names.add(bare)
            survey = level2 == "服务对象满意度"
            yield {
                "level1": f"{level1}指标",
                "level2": f"{level2}指标",
                "level3": name,
                "description": self._either(
                    (0.06, None), (0.3, name), (1, self._one_of(described))
                ),
                "target": self._one_of(aimed),
                "basis": self._either(
                    (0.06, None),
                    (0.85 if survey else 0, self._draw("survey")),
                    (0.7, usual),
                    (1, self._draw("basis")),
                ),
            }

    def _levels(self) -> Iterator[tuple[str, str]]:
        """Draw the levels 1 and 2 of three to fourteen indicators, in their order."""
        rng = self.rng
        groups = {
            "产出": ["数量", "质量", "时效"],
            "效益": ["经济效益", "社会效益", "生态效益", "可持续影响"],
            "满意度": ["服务对象满意度"],
        }
        if self._cost_is_level1:
            groups = {"成本": ["成本"], **groups}
        else:
            groups["产出"].append("成本")
        shares = Counter(groups.keys())
        count = rng.choice([7, 7, rng.randint(3, 14)])
        weights = [{"产出": 9, "效益": 5}.get(level1, 1) for level1 in groups]
        more = rng.choices(list(groups), weights, k=max(0, count - len(groups)))
        shares.update(more)
        for level1, kinds in groups.items():
            rng.shuffle(kinds)
            more = rng.choices(kinds, k=max(0, shares[level1] - len(kinds)))
            drawn = kinds[: shares[level1]] + more
            if rng.random() < 0.9:
                drawn.sort(key=kinds.index)
            yield from ((level1, level2) for level2 in drawn)

    def _one_of(self, templates: list[str]) -> str:
        return self._spaced(self._fill(self.rng.choice(templates)))

    def _either(self, *choices: tuple[float, str | None]) -> str | None:
        """Take each choice with its chance, else go on to the next."""
        return next(value for chance, value in choices if self.rng.random() < chance)


def _decimal(hundredths: int) -> str:
    return f"{hundredths // 100}.{hundredths % 100:02d}"
