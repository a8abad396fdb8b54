"""What stands above the tables of drawn forms: titles, names, money and goals."""

from decimal import Decimal

from generated_layout_forms import GOALS, LABELS, MONEY

TITLES = "项目支出绩效目标表 项目绩效目标申报表 部门预算项目绩效目标批复表 财政支出绩效目标表 县级预算项目支出绩效目标申报表".split()
EVALUATED = "项目支出绩效自评表 部门预算项目支出绩效自评表 预算项目绩效自评表".split()
SCALES = {"元": 100, "万元": 1_000_000, "亿元": 100_000_000}


def print_top(rng, style, form, paper, wide):
    """Print all that stands above the table of a form, which is so many columns wide."""
    _Top(rng, style, form, paper, max(wide, 6)).print()


class _Top:
    def __init__(self, rng, style, form, paper, wide):
        self.rng, self.style, self.form, self.paper, self.wide = (
            rng,
            style,
            form,
            paper,
            wide,
        )
        self.unit = "元" if style.wan == "yuan" else "万元"
        self.comma = rng.random() < 0.2
        self.middle = max(3, wide // 2)

    def print(self):
        self._title()
        self._names()
        getattr(self, f"_{self.style.money}")()
        self._goals()

    def _line(self, *pairs, aside=False):
        """Print one or two labels with what stands to their right."""
        starts = [0, self.middle] if len(pairs) > 1 else [0]
        ends = [self.middle, self.wide] if len(pairs) > 1 else [self.wide]
        for start, end, (label, text) in zip(starts, ends, pairs, strict=True):
            self.paper.put(start, label)
            self.paper.put(start + 1, text, right=end - start - 1, aside=aside)
        self.paper.row += 1

    def _title(self):
        rng, style, paper = self.rng, self.style, self.paper
        title = rng.choice(EVALUATED if style.table == "evaluated" else TITLES)
        if rng.random() < 0.2 and style.forms == 1:
            paper.put(0, rng.choice(["附件2", "表14", "附件3："]))
            paper.row += 1
        if style.year == "title":
            title = rng.choice(
                [
                    "2023年{}",
                    "2023年度{}",
                    "{}（2023年度）",
                    "某县2023年度{}",
                    "{} (2023年)",
                ]
            ).format(title)
        paper.put(0, title, right=self.wide)
        paper.row += 1
        if style.year == "row":
            paper.put(
                0,
                rng.choice(["（2023年度）", "2023年度", "( 2023 年度)", "2023年"]),
                right=self.wide,
            )
            paper.row += 1
        if style.wan == "row":
            if rng.random() < 0.5:
                paper.put(
                    0,
                    rng.choice(["填报单位：", "填报单位（盖章）："]) + self.form.unit,
                    right=2,
                )
            paper.put(
                self.wide - 1, rng.choice(["金额单位：万元", "单位：万元", "单位:万元"])
            )
            paper.row += 1

    def _names(self):
        rng, form, style = self.rng, self.form, self.style
        self._line((rng.choice(LABELS["name"]), form.name))
        owner = f"[101]{form.unit}" if style.coded else form.unit
        if style.coded:
            form.code = "101"
        pairs = [
            (rng.choice(LABELS["supervisor"]), owner),
            (rng.choice(LABELS["unit"]), owner if rng.random() < 0.5 else form.unit),
        ]
        self._line(
            *(
                pairs
                if rng.random() < 0.7
                else pairs[1:]
                if style.coded is False
                else pairs[:1]
            )
        )
        if style.year == "label":
            self._line(
                (rng.choice(LABELS["year"]), rng.choice(["2023", "2023年", "2023年度"]))
            )
        asides = rng.sample(LABELS["asides"], rng.choice([0, 0, 1, 2]))
        if asides:
            self._line(*asides, aside=True)

    def _amount(self, fen, *, bare=False):
        if not fen:
            return self.rng.choice(["", "0", "0.00"])
        number = Decimal(fen) / SCALES[self.unit]
        text = f"{number:,}" if self.comma else f"{number}"
        return text + (self.unit if self.style.wan == "cell" and not bare else "")

    def _head(self, label):
        """Return a label with the unit of money, where heads have it."""
        if self.style.wan not in {"head", "yuan"}:
            return label
        return self.rng.choice(["{}（{}）", "{}({})", "{}\n（{}）"]).format(
            label.rstrip("："), self.unit
        )

    def _single(self):
        form = self.form
        form.sources = {}
        self._line(
            (self._head(self.rng.choice(MONEY["single"])), self._amount(form.budget))
        )

    def _inline(self):
        self.form.sources = {}
        label = self._head(self.rng.choice(MONEY["single"]))
        self.paper.put(0, f"{label}：{self._amount(self.form.budget)}", right=self.wide)
        self.paper.row += 1

    def _parts(self):
        """Return labels and amounts of a total and of what it is made of."""
        rng, form = self.rng, self.form
        yield rng.choice(MONEY["total"]), form.budget
        for name in ("fiscal", "carried_over", "other"):
            if form.sources[name] or rng.random() < 0.5:
                word = "carried" if name == "carried_over" else name
                yield rng.choice(MONEY[word]), form.sources[name]

    def _block(self, parts=None):
        first, parts = self.paper.row, list(parts or self._parts())
        self.paper.put(
            0, self._head(self.rng.choice(MONEY["parents"])), down=len(parts)
        )
        for label, amount in parts:
            self.paper.put(1, label)
            self.paper.put(2, self._amount(amount), right=self.wide - 2)
            self.paper.row += 1
        assert self.paper.row == first + len(parts)

    def _several(self):
        """Print fiscal money by its kinds, each of which is some."""
        form, rng = self.form, self.rng
        fund = form.sources["fiscal"] // 4 // 100 * 100
        parts = [form.sources["fiscal"] - fund, fund]
        kinds = list(zip(MONEY["several"], parts, strict=False))
        rest = [(rng.choice(MONEY["other"]), form.sources["other"])]
        form.budget -= form.sources["carried_over"]
        form.sources["carried_over"] = 0
        self._block([(rng.choice(MONEY["total"]), form.budget), *kinds, *rest])

    def _terms(self):
        rng, paper, form = self.rng, self.paper, self.form
        rows = [
            ("中期资金总额：", "年度资金总额：", form.budget),
            ("其中：财政拨款", "其中：财政拨款", form.sources["fiscal"]),
        ]
        rows += [
            ("上年结转资金", "上年结转资金", form.sources["carried_over"]),
            ("其他资金", "其他资金", form.sources["other"]),
        ]
        if rng.random() < 0.3:
            rows[0] = ("实施期资金总额：", "年度资金总额：", form.budget)
        paper.put(0, self._head(rng.choice(MONEY["parents"])), down=len(rows))
        for long, year, amount in rows:
            paper.put(1, long)
            paper.put(2, self._amount(amount * 3), right=self.middle - 2)
            paper.put(self.middle, year)
            paper.put(
                self.middle + 1, self._amount(amount), right=self.wide - self.middle - 1
            )
            paper.row += 1

    def _columns(self):
        """Print the money of an evaluated form: the budget that was adjusted binds."""
        rng, paper, form = self.rng, self.paper, self.form
        columns = ["adjusted", "spent", "points", "rate", "score"]
        if self.wide > 7:
            columns.insert(0, "first_budget")
        columns = columns[: self.wide - 2]
        parts = list(self._parts())
        paper.put(0, self._head(rng.choice(MONEY["parents"])), down=len(parts) + 1)
        for number, name in enumerate(columns):
            paper.put(2 + number, rng.choice(MONEY[name]))
        paper.row += 1
        form.points = rng.choice([10, 10, 20]) if "points" in columns else 10
        for number, (label, amount) in enumerate(parts):
            cells = {
                "first_budget": self._amount(amount, bare=True),
                "adjusted": self._amount(amount),
                "spent": self._amount(amount // 2),
                "points": str(form.points) if not number else "—",
                "rate": "50%" if amount else "",
                "score": "5" if not number else "—",
            }
            paper.put(1, label)
            for at, name in enumerate(columns):
                paper.put(2 + at, cells[name])
            paper.row += 1

    def _goals(self):
        rng, style, form, paper = self.rng, self.style, self.form, self.paper
        if style.goals == "none":
            form.goal = ""
        elif style.goals in {"year", "whole"}:
            self._line((rng.choice(GOALS[style.goals]), form.goal))
        else:
            left, right = rng.choice(
                GOALS["terms" if style.goals == "terms" else "achieved"]
            )
            own, other = (right, left) if style.goals == "terms" else (left, right)
            paper.put(
                0,
                rng.choice(
                    ["总体目标", "年度总体目标", "绩效目标"]
                    if style.goals == "terms"
                    else ["年度总体目标", "总体目标"]
                ),
                down=2,
            )
            paper.put(1, left, right=self.middle - 1)
            paper.put(self.middle, right, right=self.wide - self.middle)
            paper.row += 1
            for label, column, wide in (
                (left, 1, self.middle - 1),
                (right, self.middle, self.wide - self.middle),
            ):
                text = form.goal if label == own else "任务按计划推进。"
                paper.put(column, text, right=wide, aside=label == other)
            paper.row += 1
