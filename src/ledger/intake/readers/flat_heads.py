"""The heads of flat tables of forms: which field each names."""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from functools import cache
from typing import Final

from ledger.domain.funding import FORM_FIELDS
from ledger.intake.column_heads import FORM, fields_by_head, months_by_head, plain
from ledger.intake.readers import published_words

PROJECT: Final = {
    "project_code": "项目编码 项目代码 projectcode project code",
    "project_name": "项目名称 projectname name",
    "unit_code": "单位编码 预算单位编码 单位代码 unitcode unit",
    "unit_name": "单位名称 预算单位 预算单位名称 主管部门 unitname",
    "budget": "预算数 预算金额 项目预算 预算规模 年初预算数 budget",
    **{field.name: field.heads for field in FORM_FIELDS.values()},
    "purpose": "资金用途 预算规模及资金用途 purpose",
    "goals": "绩效目标 项目绩效目标 年度绩效目标 总体目标 goals",
    "document": "文号 批复文号 document",
    "approved_on": "批复日期 批准日期 approvedon",
    "plan_reading": "支出计划口径 planreading",
    "origin": "批复时间类别 origin",
    "carried_from": "结转来源项目 carriedfrom",
    "project_category": "项目类别 projectcategory",
}
AMOUNTS: Final = {"budget", *(field.name for field in FORM_FIELDS.values())}
INDICATOR: Final = {
    "level1": "一级指标 level1",
    "level2": "二级指标 level2",
    "level3": "三级指标 指标名称 指标内容 level3 indicator",
    "description": "绩效指标描述 指标描述 指标解释 description",
    "target": "指标值 目标值 年度指标值 target",
    "basis": "指标值确定依据 确定依据 依据 basis",
    "measure": "计量方式 measure",
    "weight": "权重 分值 weight",
    "baseline": "基期值 baseline",
    "direction": "指标方向 direction",
    "milestones": "阶段目标 阶段性目标 milestones",
    "between": "阶段之间 between",
    "builds_up": "逐步达到 buildsup",
    "sign": "指标性质 比较符号 计算符号 运算符号",
    "target_unit": "计量单位 度量单位",
}
USUAL: Final = ("三级指标", "指标值", "分值")
"""Heads by which a reader of a refusal sees what is meant."""

DOCUMENT: Final = {
    "fiscal_year": "年度 预算年度 财政年度 fiscalyear year",
    "money_unit": "金额单位 单位 moneyunit",
}
_MONTH: Final = re.compile(
    r"(?:支出计划)?([0-9]{1,2}月(?:底|末|份)?)(?:\(.*\))?|[0-9]{4}-[0-9]{2}-[0-9]{2}"
)
HORIZON: Final = re.compile(
    r"(中期|实施期|长期|总体|[三五]年|上年度?|去年|前[一两二三]?年).*(值|目标|完成.*|指标)"
    r"|(midterm|longterm|lastyear|previousyear).*"
)
"""Heads of what is printed of other times than the year."""

_HORIZONS: Final = frozenset({"midterm", "last_year"})
"""Columns of the template with such heads."""


def _names(fields: dict[str, str]) -> dict[str, str]:
    return {
        plain(word): name for name, words in fields.items() for word in words.split()
    }


INDICATOR_NAMES: Final = _names(INDICATOR)
"""The fields of an indicator, by the plain labels of their columns."""


@cache
def all_fields() -> Mapping[str, str]:
    """Return all fields by the plain labels of their columns, templates' included."""
    words = {**_names(DOCUMENT), **_names(PROJECT), **_names(INDICATOR)}
    heads = fields_by_head(FORM)
    own = {head: name for head, name in heads.items() if name not in _HORIZONS}
    return {**own, **words}


def field_of(label: str) -> str | None:
    """
    Return the field that a head names, here or in published forms; ``None`` for none.

    >>> field_of("三级指标"), field_of("预期指标值"), field_of("备注")
    ('level3', 'target', None)
    """
    own = all_fields().get(plain(label))
    head = None if own or not label.strip() else published_words.head(label)
    known = head is not None and head.field in INDICATOR and not head.other_time
    return head.field if head is not None and known else own


def month_of(label: str) -> str | None:
    """Return the checkpoint of a spending plan that a column is headed by, if any."""
    label = unicodedata.normalize("NFKC", label).strip()
    if match := _MONTH.fullmatch(label):
        return match[1] or match[0]
    month = months_by_head().get(plain(label))
    return f"{month}月底" if month else None


def second_to_others(heads: Sequence[str]) -> set[int]:
    """
    Return the columns whose field another head names more plainly.

    That is the target of the year, and else a head that this table has by itself.
    """
    exact = {all_fields().get(plain(label)) for label in heads}
    targets = [c for c, label in enumerate(heads) if field_of(label) == "target"]
    of_year = [
        c for c in targets if (h := published_words.head(heads[c])) and h.of_year
    ]
    others = {
        column
        for column, label in enumerate(heads)
        if plain(label) not in all_fields()
        and (name := field_of(label)) in exact
        and name != "target"
    }
    return others.union(set(targets) - set(of_year) if of_year else ())
