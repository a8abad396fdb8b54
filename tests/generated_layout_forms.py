"""What drawn published forms say, and in which of many ways each is printed."""

import tomllib
from pathlib import Path

import attrs

WORDS = tomllib.loads(
    (Path(__file__).parent / "data" / "layout_words.toml").read_text("utf-8")
)
HEADS, LABELS, MONEY, GOALS = (WORDS[n] for n in ("heads", "labels", "money", "goals"))
LEVELS, AFTER = WORDS["levels"], WORDS["after"]
PLACES = (
    "道路养护 桥梁维修 图书购置 校舍修缮 河道清淤 低保发放 文物保护 环境监测".split()
)
UNITS = "交通运输局 教育局 水务局 民政局 文化和旅游局 生态环境局".split()

ROWS = [
    (
        "产出指标",
        "数量指标",
        [
            ("{x}次数", "≥", "12", "次"),
            ("{x}面积", "≥", "26970.7", "平方米"),
            ("{x}里程", "=", "4", "公里"),
            ("受助人数", "≥", "1,200", "人"),
            ("{x}套数", "≥", "0", "套"),
            ("人员培训", "", "36", "人次"),
        ],
    ),
    (
        "产出指标",
        "质量指标",
        [
            ("验收合格率", "≥", "98", "%"),
            ("{x}达标率", "=", "100", "%"),
            ("设备完好率", "≥", "90.91", "%"),
            ("{x}质量", "", "优良", ""),
            ("资料规范性", "", "规范", ""),
        ],
    ),
    (
        "产出指标",
        "时效指标",
        [
            ("{x}完成时间", "", "2023年12月31日前", ""),
            ("资金拨付及时率", "≥", "95", "%"),
            ("响应时间", "≤", "24", "小时"),
            ("{x}期限", "", "2023年1月-12月", ""),
            ("按期完成", "", "及时", ""),
        ],
    ),
    (
        "产出指标",
        "成本指标",
        [
            ("补助标准", "≤", "475", "元/亩"),
            ("{x}成本", "≤", "48.6", "万元"),
            ("平均费用", "=", "71.86", "元/平方米"),
            ("成本控制率", "≤", "100", "%"),
            ("单位成本", "<", "1681680", "元"),
        ],
    ),
    (
        "效益指标",
        "经济效益指标",
        [
            ("带动增收", "≥", "2.61", "万元"),
            ("节约支出", "≥", "1500", "元"),
            ("经济效益", "", "明显提升", ""),
        ],
    ),
    (
        "效益指标",
        "社会效益指标",
        [
            ("受益人口", "≥", "1000", "人"),
            ("保障能力", "", "持续改善", ""),
            ("事故发生率", "≤", "0.5", "‰"),
            ("政策知晓率", "≥", "90", "%"),
        ],
    ),
    (
        "效益指标",
        "生态效益指标",
        [("减少排放", "≥", "3", "吨"), ("环境改善", "", "有效改善", "")],
    ),
    (
        "效益指标",
        "可持续影响指标",
        [("持续发挥作用期限", "≥", "5", "年"), ("长效机制", "", "健全", "")],
    ),
    (
        "满意度指标",
        "服务对象满意度指标",
        [
            ("群众满意度", "≥", "95", "%"),
            ("受益对象满意度", "≥", "85", "%"),
            ("职工满意度", "＞", "90", "%"),
        ],
    ),
]
SPELLED = {
    "≥": ["≥", "≥", "≧", ">=", "大于等于", "不低于"],
    "≤": ["≤", "≤", "≦", "<=", "小于等于", "不高于"],
    "=": ["=", "＝", "═", "等于"],
    "<": ["<", "＜"],
    "＞": [">", "＞"],
}


@attrs.define
class Row:
    """What one row says; ``parts`` are the rows below it."""

    level1: str
    level2: str
    name: str
    sign: str
    value: str
    unit: str
    weight: int | None = None
    description: str = ""
    basis: str = ""
    kept: dict = attrs.field(factory=dict)

    @property
    def target(self):
        """The target in one cell."""
        return f"{self.sign}{self.value}{self.unit}"


@attrs.define
class Form:
    """What one form says: amounts in fen."""

    name: str
    year: int
    unit: str = ""
    code: str = ""
    budget: int = 0
    sources: dict = attrs.field(factory=dict)
    points: int = 10
    goal: str = ""
    rows: list = attrs.field(factory=list)
    asides: list = attrs.field(factory=list)


@attrs.define
class Style:
    """One way to print a form."""

    year: str
    money: str
    goals: str
    table: str
    order: list
    split: bool
    side: bool
    levels: str
    weights: str
    more: list
    left: int
    merged: bool
    forms: int
    together: bool
    coded: bool
    heads: dict
    wan: str
    noise: list
    spelled: bool

    @classmethod
    def drawn(cls, rng):
        """Draw one."""
        heads = {name: rng.choice(listed) for name, listed in HEADS.items()}
        table = rng.choices(
            "plain evaluated terms tables years grouped".split(), [6, 5, 2, 2, 2, 2]
        )[0]
        order = ["target", "weight", "result", "score", "reason", "more"]
        rng.shuffle(order)
        return cls(
            year=rng.choice("title row label none name".split()),
            money=rng.choice("single block columns terms inline several".split()),
            goals=rng.choice("year whole terms achieved none".split()),
            table=table,
            order=order,
            split=table == "grouped"
            or (table in {"plain", "evaluated"} and rng.random() < 0.4),
            side=rng.random() < 0.4,
            levels=rng.choice("merged repeated first".split()),
            weights=rng.choice("none column headings both".split())
            if table != "terms"
            else "none",
            more=rng.sample(
                "description basis remark last_year long_term".split(),
                rng.choice([0, 0, 1, 2]),
            ),
            left=rng.choice([0, 0, 0, 1]),
            merged=rng.random() < 0.7,
            forms=rng.choices([1, 2, 3], [8, 1, 1])[0],
            together=rng.random() < 0.6,
            coded=rng.random() < 0.3,
            heads=heads,
            wan=rng.choice("head head row cell yuan".split()),
            noise=rng.sample(
                "placeholder blank_level blank_row subtotal part star numbered execution in_name".split(),
                rng.choice([0, 1, 2, 3]),
            ),
            spelled=rng.random() < 0.5,
        )


def drawn_form(rng, style, number):
    place = PLACES[number] if style.forms > 1 else rng.choice(PLACES)
    year = 2023
    prefix = (
        f"{year}年" if style.year == "name" else rng.choice(["", "", "2023年", "县级"])
    )
    form = Form(f"{prefix}{place}{rng.choice(['项目', '补助资金', '经费', ''])}", year)
    form.unit = f"某县{rng.choice(UNITS)}"
    fiscal, carried, other = (
        rng.randint(1, 900_000),
        rng.choice([0, 0, 5000]),
        rng.choice([0, 0, 1200]),
    )
    form.sources = {
        "fiscal": fiscal * 10_000,
        "carried_over": carried * 10_000,
        "other": other * 10_000,
    }
    form.budget = sum(form.sources.values())
    form.goal = rng.choice(
        [
            "完成年度任务。",
            "目标1：保障运转。\n目标2：提升服务水平。",
            "1.按时完成。\n2.保证质量。",
        ]
    )
    for level1, level2, listed in ROWS:
        for name, sign, value, unit in rng.sample(
            listed, rng.choice([0, 1, 1, 2]) if level2 != "数量指标" else 2
        ):
            shown = rng.choice(SPELLED.get(sign, [sign])) if style.spelled else sign
            form.rows.append(
                Row(level1, level2, name.format(x=place), shown, value, unit)
            )
    if form.rows[-1].level1 != "满意度指标":
        form.rows.append(Row(*ROWS[-1][:2], "群众满意度", "≥", "90", "%"))
    _points(style, form)
    return form


def _points(style, form):
    """Give the rows points that make 90, by the headings 50, 30 and 10."""
    if style.weights == "none":
        return
    for level1, whole in (("产出指标", 50), ("效益指标", 30), ("满意度指标", 10)):
        own = [row for row in form.rows if row.level1 == level1]
        for number, row in enumerate(own):
            row.weight = whole // len(own) + (whole % len(own) if number == 0 else 0)
    if not any(row.level1 == "效益指标" for row in form.rows):
        form.rows[0].weight += 30
