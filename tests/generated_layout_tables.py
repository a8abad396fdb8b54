"""The tables of drawn forms: heads, rows of indicators, totals, notes and signatures."""

from generated_layout_forms import AFTER, LEVELS

UNFILLED = "指标2 …… ... 指标3： 指标1".split()


class Table:
    """Prints the table of one form, or both of those it has."""

    def __init__(self, rng, style, form, paper):
        self.rng, self.style, self.form, self.paper = rng, style, form, paper
        self.columns = getattr(self, f"_{style.table}")()
        self.short = {"产出": "产出指标"}
        if not {"column", "both"} & {style.weights}:
            self.columns = [c for c in self.columns if c != "weight"]
            if style.weights != "headings":
                return
        if "weight" not in self.columns:
            for row in form.rows:
                row.weight = None

    def _plain(self):
        style = self.style
        target = (
            self.rng.sample(["sign", "target", "target_unit"], 3)
            if style.split
            else ["target"]
        )
        groups = {"target": target, "weight": ["weight"], "more": [*style.more]}
        front = ["number"] * ("numbered" in style.noise) + ["side"] * style.side
        own = ["level1", "level2", "level3"]
        if "description" in groups["more"] and self.rng.random() < 0.5:
            own.append("description")
            groups["more"].remove("description")
        return [*front, *own, *(c for g in style.order for c in groups.get(g, ()))]

    def _evaluated(self):
        plain = self._plain()
        order = ["result", "score", "reason"]
        if self.rng.random() < 0.3:
            self.rng.shuffle(order)
        return [*plain, *order[: self.rng.choice([2, 3])]]

    def _grouped(self):
        self.style.split = False
        own = [c for c in self._plain() if c != "target"]
        at = own.index("level3") + 1
        return [*own[:at], "sign", "target", "target_unit", *own[at:]]

    def _years(self):
        own = [
            c for c in self._plain() if c not in {"target", "last_year", "long_term"}
        ]
        at = own.index("level3") + 1
        return [*own[:at], "before", "target", *own[at:]]

    def _tables(self):
        self.style.side, self.style.noise = (
            True,
            [n for n in self.style.noise if n not in {"numbered", "execution"}],
        )
        self.style.split = False
        self.style.more = [
            n for n in self.style.more if n not in {"long_term", "last_year"}
        ]
        return self._plain()

    def _terms(self):
        self.style.noise = [n for n in self.style.noise if n in {"blank_row", "star"}]
        front = ["side"] if self.style.side else []
        return [
            *front,
            "level1",
            "other2",
            "other3",
            "other",
            "level2",
            "level3",
            "target",
        ]

    def print(self):
        """Print all."""
        if self.style.table == "tables":
            self._heads("长期绩效指标")
            self._rows(times=3)
            self._heads("年度绩效指标")
        else:
            self._heads(self.style.heads["side"])
        self._rows()
        self._below()

    def _heads(self, side):
        rng, style, paper = self.rng, self.style, self.paper
        upper, lower = {}, {}
        words = {
            **style.heads,
            "side": side,
            "number": "序号",
            "before": "2022年实际值",
        }
        words |= self._of_terms()
        for at, name in enumerate(self.columns):
            upper[at] = words[name]
        if style.table == "grouped":
            at = self.columns.index("sign")
            lower = {
                at + n: words[c]
                for n, c in enumerate(("sign", "target", "target_unit"))
            }
            upper |= {
                at: rng.choice(["年度指标值", "指标值", "绩效指标值", "目标值"]),
                at + 1: "",
                at + 2: "",
            }
        elif style.table == "years":
            at = self.columns.index("before")
            before, own = rng.choice(
                [
                    ("2022年实际实现值", "预期2023年实现值"),
                    ("上年实际值", "本年预期值"),
                    ("2022年完成值", "2023年目标值"),
                    ("上年度实际完成值", "本年度目标值"),
                ]
            )
            if rng.random() < 0.5:
                upper |= {at: "指标值", at + 1: ""}
                lower = {at: before, at + 1: own}
            else:
                upper |= {at: before, at + 1: own}
        elif style.table == "terms" and self.above:
            at = self.columns.index("other2")
            lower = {n: upper[n] for n in range(at, at + 6)}
            upper |= dict.fromkeys(range(at, at + 6), "")
            upper |= {at: self.above[0], at + 3: self.above[1]}
        for column, text in upper.items():
            paper.put(column, text, down=2 if lower and column not in lower else 1)
        paper.row += 1
        for column, text in lower.items():
            paper.put(column, text)
        paper.row += bool(lower)

    def _of_terms(self):
        """Return the heads of a table with columns of two times."""
        rng, heads = self.rng, self.style.heads
        names = {"other2": "level2", "other3": "level3", "other": "target"}
        self.above = None
        how = rng.choice(
            "bracket above labels".split()
            if self.style.goals == "terms"
            else ["bracket", "above"]
        )
        bare = {name: heads[own] for name, own in names.items()}
        if how == "labels":
            return bare
        if how == "above":
            self.above = rng.choice(
                [
                    ("中期指标", "年度指标"),
                    ("长期绩效指标", "年度绩效指标"),
                    ("实施期绩效指标", "年度绩效指标"),
                    ("中期目标", "年度目标"),
                ]
            )
            return bare
        long, year = rng.choice(
            [("（长期）", "（年度）"), ("(中期)", "(年度)"), ("（实施期）", "（当年）")]
        )
        return {
            name: f"{'三级指标' if own == 'level3' else '二级指标' if own == 'level2' else '指标值'}{long}"
            for name, own in names.items()
        } | {
            "level2": f"二级指标{year}",
            "level3": f"三级指标{year}",
            "target": f"指标值{year}",
        }

    def _rows(self, times=1):
        rng, style, paper = self.rng, self.style, self.paper
        first, above = paper.row, {}
        shown1 = {level: rng.choice(words) for level, words in LEVELS.items()}
        if style.weights not in {"headings", "both"}:
            shown1 = {
                level: rng.choice([w for w in words if "分" not in w])
                for level, words in LEVELS.items()
            }
        if style.weights == "headings":
            self._share(shown1)
        for number, row in enumerate(self.form.rows):
            self._noise(row, above, number)
            self._row(row, above, shown1, number, times)
        if (
            "execution" in style.noise
            and "weight" in self.columns
            and style.weights == "column"
        ):
            cells = {
                "level1": "预算执行率",
                "level2": "预算执行率",
                "level3": "预算执行率",
                "target": "100%",
                "weight": str(self.form.points),
            }
            for name, text in cells.items():
                paper.put(self.columns.index(name), text)
            paper.row += 1
        if style.levels == "merged":
            self._merge(first)

    def _share(self, shown1):
        """Give rows the points of their headings, where no heading has two rows."""
        own = [row.level1 for row in self.form.rows]
        alone = len({*own}) == len(own) and all("分" in shown1[level] for level in own)
        for row in self.form.rows:
            points = "".join(c for c in shown1[row.level1] if c.isdigit())
            row.weight = (
                int(points) if alone and "weight" not in self.columns else row.weight
            )

    def _noise(self, row, above, number):
        rng, style, paper = self.rng, self.style, self.paper
        if number and "blank_row" in style.noise and rng.random() < 0.2:
            paper.row += 1
        if (
            number
            and "blank_level" in style.noise
            and above.get("level2") != row.level2
            and rng.random() < 0.4
        ):
            paper.put(
                self.columns.index("level2"),
                "成本指标" if row.level1 == "产出指标" else row.level2,
            )
            paper.row += 1
        if (
            number
            and "placeholder" in style.noise
            and rng.random() < 0.4
            and "level3" in self.columns
        ):
            paper.put(self.columns.index("level3"), rng.choice(UNFILLED), aside=False)
            paper.row += 1
        if (
            number
            and "subtotal" in style.noise
            and "weight" in self.columns
            and above.get("level1") != row.level1
        ):
            paper.put(self.columns.index("level1"), "小计")
            paper.put(self.columns.index("weight"), "50", aside=False)
            paper.row += 1

    def _row(self, row, above, shown1, number, times):
        style, paper = self.style, self.paper
        if "star" in style.noise and number % 3 == 0 and not row.name.startswith("★"):
            row.name = f"★{row.name}"
        cells = self._cells(row, number, times)
        for level in ("level1", "level2"):
            text = shown1[row.level1] if level == "level1" else row.level2
            new = above.get(level) != getattr(row, level) or (
                level == "level2" and above.get("level1") != row.level1
            )
            cells[level] = text if new or style.levels == "repeated" else ""
        above |= {"level1": row.level1, "level2": row.level2}
        if "other2" in self.columns:
            cells["other2"] = cells["level2"]
        if times > 1:
            row.kept["table"] = cells["target"]
        for column, name in enumerate(self.columns):
            text = cells.get(name, "")
            long = name in {"last_year", "long_term", "before", "other"}
            if long and text and times == 1:
                row.kept[name] = text
            paper.put(column, text)
        paper.row += 1
        if (
            "part" in style.noise
            and number == 0
            and not row.weight
            and row.unit == "次"
            and times == 1
            and row.sign == "≥"
        ):
            part = {"level3": "其中：东部", "target": "5次"}
            if "sign" in self.columns:
                part = {
                    "level3": "其中：东部",
                    "sign": "=",
                    "target": "5",
                    "target_unit": "次",
                }
            for name, text in part.items():
                paper.put(self.columns.index(name), text)
            paper.row += 1

    def _cells(self, row, number, times):
        quality = not row.sign
        value = row.value
        if times > 1:
            value = str(int(row.value) * times) if row.value.isdecimal() else row.value
        target = f"{row.sign}{value}{row.unit}"
        if (
            "in_name" in self.style.noise
            and "sign" not in self.columns
            and row.sign == "≥"
            and row.unit
            and "**" not in row.name
            and "," not in value
        ):
            row.name = f"{row.name}（≥**{row.unit}）"
        if "（≥**" in row.name and "sign" not in self.columns and number % 2:
            target = value
        cells = {
            "level3": row.name,
            "target": target,
            "number": str(number + 1),
            "result": "完成",
            "score": "",
            "reason": "",
        }
        cells |= {
            "description": f"{row.name}的说明",
            "basis": "历史标准",
            "last_year": "98",
            "long_term": f"长期{row.name}" if quality else f"{row.sign}900{row.unit}",
        }
        cells |= {
            "other3": row.name,
            "other": f"{row.sign}900{row.unit}" if not quality else "持续改善",
            "before": "98",
        }
        if number % 2:
            cells["remark"] = "见附件"
        if "sign" in self.columns:
            nature = self.rng.choice(["", "定性", "定性", "/"]) if quality else row.sign
            cells |= {"sign": nature, "target": value, "target_unit": row.unit}
        if row.weight is not None:
            cells["weight"] = str(row.weight)
        for name in ("description", "basis"):
            if name in self.columns:
                setattr(row, name, cells[name])
        return cells

    def _merge(self, first):
        """Merge the cells of levels over the rows that they are of."""
        paper = self.paper
        for name in ("level1", "level2"):
            column = self.columns.index(name) + paper.left
            own = sorted(r for r, c in paper.cells if c == column and r >= first)
            for row, following in zip(own, [*own[1:], paper.row], strict=True):
                blocked = [
                    r
                    for r in range(row + 1, following)
                    if not any(rr == r for rr, _ in paper.cells)
                ]
                text, _, right = paper.cells[row, column]
                if not blocked:
                    paper.cells[row, column] = (text, following - row, right)

    def _below(self):
        rng, paper = self.rng, self.paper
        if "weight" in self.columns and rng.random() < 0.5:
            paper.put(0, rng.choice(AFTER["totals"]))
            whole = rng.choice([90, 100])
            paper.put(self.columns.index("weight"), str(whole))
            paper.row += 1
        paper.row += rng.choice([0, 0, 1])
        for cells in rng.sample(AFTER["rows"], rng.choice([0, 1, 2, 3])):
            for number, text in enumerate(cells):
                paper.put(number, text, aside=True)
            paper.row += 1
