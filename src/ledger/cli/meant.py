"""What a name of an option or a command that does not exist may have meant."""

from collections.abc import Collection, Mapping
from difflib import get_close_matches
from typing import Final

_NEAR: Final = 0.75
"""How much of a name must be that of another, of 1: of ``thruogh`` that of through."""

SAME: Final[Mapping[str, tuple[str, ...]]] = {
    "add": ("record",),
    "amount": ("source",),
    "as-of": ("through", "known-at"),
    "audit": ("verify",),
    "by": ("through", "actor"),
    "cancel": ("reverse", "withdraw"),
    "category": ("type",),
    "comment": ("note", "reason", "description"),
    "contract": ("commitment", "commit"),
    "create": ("init",),
    "date": ("on", "through", "month", "until"),
    "day": ("on", "through", "month", "until"),
    "delete": ("reverse", "withdraw"),
    "department": ("unit",),
    "due": ("due-on",),
    "end": ("through", "until"),
    "file": ("out", "document"),
    "fund": ("source",),
    "history": ("events",),
    "invoice": ("voucher",),
    "language": ("lang",),
    "list": ("projects", "show"),
    "load": ("import", "record"),
    "memo": ("note", "reason", "description"),
    "month": ("through", "on", "year"),
    "new": ("init",),
    "note": ("reason", "description"),
    "number": ("voucher", "of"),
    "output": ("out",),
    "overwrite": ("force",),
    "pay": ("disburse",),
    "payment": ("disburse", "voucher"),
    "print": ("report", "show"),
    "reason": ("why", "description"),
    "spend": ("disburse",),
    "start": ("after", "first-day"),
    "supplier": ("payee",),
    "supplement": ("adjust",),
    "to": ("through", "until", "to-project"),
    "undo": ("reverse",),
    "until": ("through",),
    "user": ("actor",),
    "validate": ("check", "verify"),
    "vendor": ("payee",),
    "virement": ("transfer",),
    "when": ("on", "through"),
    "who": ("actor",),
    "why": ("reason",),
}
"""Other words for what options and commands are called, the likeliest first."""

CHINESE: Final[Mapping[str, tuple[str, ...]]] = {
    "上年结转": ("carry-over", "carried-over"),
    "两年": ("two-years",),
    "中止": ("close",),
    "支出计划": ("revise-plan",),
    "代": ("for-actor",),
    "作废": ("reverse", "withdraw"),
    "偏差": ("explain-variance",),
    "决算": ("evaluate",),
    "冲销": ("reverse",),
    "凭证": ("voucher",),
    "分子": ("numerator",),
    "分母": ("denominator",),
    "单位": ("unit",),
    "原因": ("reason",),
    "反结账": ("reopen-period",),
    "合同": ("commit", "commitment", "contracts"),
    "备份": ("backup",),
    "备注": ("note",),
    "存证": ("seal", "checkpoint"),
    "完成值": ("result",),
    "导入": ("import",),
    "导出": ("export",),
    "对比": ("diff",),
    "年度": ("year",),
    "建账": ("init",),
    "恢复": ("restore",),
    "批复": ("import",),
    "报告": ("report",),
    "报表": ("report",),
    "指标": ("target", "indicator"),
    "撤回": ("retract", "withdraw"),
    "撤销": ("withdraw", "retract"),
    "支付": ("disburse",),
    "支出": ("disburse",),
    "收回": ("refund", "adjust"),
    "收款": ("payee",),
    "文号": ("document",),
    "新建": ("init",),
    "日期": ("on", "through"),
    "月份": ("month", "through"),
    "月报": ("report",),
    "来源": ("source",),
    "查看": ("show",),
    "核对": ("verify",),
    "格式": ("format",),
    "模板": ("template",),
    "汇总": ("portfolio",),
    "清单": ("projects",),
    "登记": ("record",),
    "监控": ("monitor",),
    "结账": ("close-period",),
    "结转": ("carry-over", "carried-over"),
    "自评": ("evaluate",),
    "解释": ("explain",),
    "证明": ("prove",),
    "语言": ("lang",),
    "调剂": ("transfer",),
    "调整": ("adjust",),
    "输出": ("out",),
    "追减": ("adjust",),
    "追加": ("adjust",),
    "退款": ("refund", "reverse"),
    "项目": ("projects", "project"),
    "验证": ("verify",),
}
"""Chinese words in what somebody may call an option or a command."""


def meant(name: str, known: Collection[str]) -> list[str]:
    """
    Return the names that *name* may stand for: begun, misspelt, or in another word.

    >>> meant("--month", ["--out", "--through", "--year"])
    ['--through']
    >>> meant("reprot", ["export", "report"]), meant("--day", ["--key"])
    (['report'], [])
    >>> meant("登记支出", ["disburse", "record"]), meant("月报表", ["report", "refund"])
    (['disburse'], ['report'])
    """
    bare = {word.lstrip("-"): word for word in known}
    word = name.lstrip("-").casefold()
    near = [other for other in bare if other.startswith(word)][:3]
    near = near or get_close_matches(word, bare, 1, _NEAR)
    within = sorted((part for part in CHINESE if part in word), key=len, reverse=True)
    same = [*SAME.get(word, ()), *(other for part in within for other in CHINESE[part])]
    near = near or [other for other in same if other in bare][:1]
    return [bare[other] for other in near]
