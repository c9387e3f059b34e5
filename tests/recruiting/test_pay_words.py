"""Pay inside free words: hidden, while other figures stay."""

import pytest

from guiyan.recruiting.engine.pay_words import hide_pay

CASES = [
    ("期望 30K，一个月到岗", "期望 ●●●，一个月到岗"),
    ("苏州稳定了，有合适的机会愿意聊，35 左右吧。", "苏州稳定了，有合适的机会愿意聊，●●●吧。"),
    ("要 35-40k", "要 ●●●"),
    ("月薪 3.5 万，年包 45 万", "月薪 ●●●，年包 ●●●"),
    ("现在到手 ¥28,000", "现在到手 ●●●"),
    ("期望薪资 28000–32000 元", "期望薪资 ●●●"),
    ("预算只到 32K，差 3K", "预算只到 ●●●，差 ●●●"),
    ("expects salary 35000", "expects salary ●●●"),
    ("带 6 个人", "带 6 个人"),
    ("缺料率从 6.8% 降到 2.1%，呆滞库存少了 1,100 万。", "缺料率从 6.8% 降到 2.1%，呆滞库存少了 1,100 万。"),
    ("2026年3月27日 说明", "2026年3月27日 说明"),
    ("", ""),
]


@pytest.mark.parametrize(("said", "shown"), CASES)
def test_given_words_then_amounts_of_pay_are_hidden(said, shown):
    assert hide_pay(said) == shown
