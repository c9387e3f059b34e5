"""Outcome words, reasons for not hiring, ratings, yes/no – into the product's own words, or unknown."""

import re
import unicodedata

_MARKS = {
    "×": "rejected",
    "x": "rejected",
    "✗": "rejected",
    "✘": "rejected",
    "╳": "rejected",
    "√": "hired",
    "✓": "hired",
    "✔": "hired",
    "ok": "hired",
    "o": "hired",
    "○": "hired",
    "△": "pending",
    "▲": "pending",
    "?": "pending",
    "y": "hired",
    "yes": "hired",
    "n": "rejected",
    "no": "rejected",
    "是": "hired",
    "否": "rejected",
}
# Order matters: the more special wording first ("未录用" before "录用", "拒offer" before "拒").
_STATUS: tuple[tuple[str, str], ...] = (
    (
        "no_show",
        r"失联|联系不上|"
        r"爽约|未到|没到|缺席|未参加|没来|未出席|未面试|未来面|放鸽子|鸽了|失约|no.?show|"
        r"未赴约|迟迟未到|约好没|取消未再约|没参加|未现身",
    ),
    (
        "withdrawn",
        r"(候选人|本人|自己|对方|自行|主动)?(放弃|婉拒|退出|撤回|撤销)|拒(绝|了|掉)?\s*(offer|"
        r"入职|录用)|毁约|offer\s*(被拒|拒绝|已拒)|不接受offer|不来了|withdr|decline|候选人拒",
    ),
    (
        "pending",
        r"观察|^(复试|二面|三面|终面)$|"
        r"待定|再议|待反馈|面试中|进行中|待(安排|确认|复试|审批|沟通|面|评估|通知|入库|跟进|"
        r"考虑)|储备|备选|候补|保留|观望|考虑中|流程中|沟通中|hold|pending|再看|人才库|复试中|"
        r"初试通过|评估中|暂缓|复议|待(?:定|录)|审批中|未定",
    ),
    (
        "rejected",
        r"^(不录|拒)$|"
        r"不(予)?(录用|通过|合适|合格|匹配|符合|考虑|推荐|录取|要|行)|未(被)?(录用|通过|录取|"
        r"入选|过|聘)|没(过|录用|要|通过|选上)|淘汰|拒绝|谢绝|婉拒|落选|否决|刷掉|筛掉|reject|"
        r"fail|pass掉|pass了|已拒|终止|归档|关闭|out",
    ),
    (
        "hired",
        r"录用|录取|入职|通过|聘用|合格|合适|已接受|接受offer|offer(已?接受|已发|中)?|到岗|"
        r"转正|hired|onboard|accept|上岗|已报到|成功|同意|推荐录用|过了",
    ),
)

_REASONS: tuple[tuple[str, str], ...] = (
    (
        "candidate_withdrew",
        r"接受了?(别|其他|他|另|竞)|留在(原|现)|(嫌|觉得|认为)(?!.{0,3}(薪|钱|工资|待遇)).{0,4}(远|累|偏|小|差)|去了(竞争|对手|友商)|"
        r"加薪(留|挽)|留住|挽留|接了(别|其他|另)|(别家|其他公司|他司|竞品|友商).{0,4}offer|"
        r"去了(大厂|别|其他|另)|自己拒|(候选人|本人|对方)(放弃|拒|不|婉拒|改变|选择)|"
        r"拒(绝)?(了)?\s*offer|(?<![进过回下])不来(?!往)|嫌(远|累|加班|偏|小|环境)|爽约|放弃|"
        r"没来|未到|毁约|放鸽子|反悔|家(里|人)(不|反对)|不想(来|换|动)|不考虑(我们|了)|"
        r"另谋高就|已(入职|找到)(其他|别|他)|婉拒",
    ),
    (
        "headcount_frozen",
        r"hc|冻编|满编|不进人|编已?满|招满|"
        r"编制|锁编|\bhc\b|hc冻结|headcount|冻结|停(止|了)?.{0,6}(社招|招聘|进人|招人)|"
        r"暂停(进人|招|社招)|停招|缓招|不招(了|人)|岗位(取消|关闭|撤销|没了|冻结|暂停)|"
        r"坑(位)?.{0,4}(收回|没|取消)|名额|(招聘|需求|职位|岗位)(计划)?(已)?(取消|关闭|暂停|"
        r"冻结|撤回)|总部.{0,4}(锁|冻|停)",
    ),
    ("budget_limit", r"预算|没钱|费用|控费|经费|成本(封顶|控制|压|超)|人力成本|降本|资金|开支|缩减|砍了?钱"),
    (
        "team_reorg",
        r"领导.{0,2}换|换(了)?领导|需求(变|改|调整)|汇报关系|产线.{0,3}(搬|停|关)|业务(收缩|关|停|砍)|"
        r"架构|组织.{0,4}(调整|优化|变|合并)|事业部|(部门|团队|业务|产线|项目组).{0,4}(合并|"
        r"撤|拆|调整|解散|重组|裁|收缩|转型|整合)|换了.{0,6}(负责人|领导|老板|总)|重组|"
        r"需求重定|撤了|该线|业务线|战略调整|改组|汇报线",
    ),
    (
        "salary_gap",
        r"要(得|的)?(太)?(高|多)$|钱(太)?少|嫌.{0,3}钱|薪酬?超|"
        r"薪|钱.{0,3}谈|工资|要价|价(太)?高|带宽|待遇|期望.{0,6}(高|超|上限)|超出.{0,6}(上限|"
        r"范围|预期)|倒挂|给不到|给不起|职级.{0,4}高|谈不拢|谈崩|开价|报价高|太贵|年包|涨幅|"
        r"offer.{0,3}低",
    ),
    (
        "other_chosen",
        r"(录用|选|定|招|给)了?(他人|别人|其他|另)|顶替|第二名|(别的|其他)(候选)?人|人选(已)?(确)?定|内部员工|已定人|"
        r"备选|第一名|更(合适|优|好|匹配)|另有|内部(转|调|推荐|竞聘|提拔|消化)|"
        r"内推的?.{0,3}先|已有人|已发给|先定了|(录用|选|定|招|给)了.{0,8}(别人|他人|其他|内|"
        r"另)|其他(人选|候选人)|另一(位|个)|人选已定|已(招满|招到|满员)|排名|pk|被比下去|名次",
    ),
    (
        "other",
        r"体检|背调|背景调查|离职证明|(年份|履历|简历|经历|信息|说法).{0,4}对不上|年份|性格|年龄|造假|不实|虚假|诚信|住(得|的)?太?远|"
        r"路(太)?远|通勤|每天.{0,3}小时|距离|稳定性|跳槽|频繁|亲属|回避|案底|征信|学历(验证|"
        r"存疑)|推荐信|证明",
    ),
    (
        "timing",
        r"离不开|离职.{0,2}(要|需)|年后|春节后|"
        r"竞业|到岗|离职.{0,4}(时间|周期|慢|交接)|交接|(项目|工作).{0,4}(没结束|未完|走不开)|"
        r"走不开|怀孕|产假|哺乳|待产|时间|档期|太晚|等不(了|及)|等不起|毕业(时间|前)|暂(时|"
        r"缓)|过(完)?年后|手术|休养|三个月后|半年后|合同(未|没)到期|年终奖|期权",
    ),
    (
        "skill_gap",
        r"没(有)?(做|接触|干|碰|写|用)过|不懂|缺少|缺乏|生疏|"
        r"经验|技术|基础|能力|专业|深度|不匹配|匹配度|行业|背景|证书|资质|没带过|管理|技能|"
        r"笔试|不会|英语|外语|水平|资历|学历|年限|沟通|表达|思路|面没过|考核|不达标|达不到|"
        r"太浅|不扎实|岗位要求|不胜任|能.?力|不熟|欠缺|转行|跨行",
    ),
)

_STATUS_RULES = tuple((code, re.compile(pattern, re.IGNORECASE)) for code, pattern in _STATUS)
_REASON_RULES = tuple((code, re.compile(pattern, re.IGNORECASE)) for code, pattern in _REASONS)
_SEPARATOR = re.compile(r"\s*(?:[-—–:：,，;；/|。\n\u3000]|\s)+\s*")
_LABEL = re.compile(r"^(?:未录用|不录用|淘汰|拒绝|放弃)?(?:原因|理由|备注|说明)(?:是|为)?\s*[:：]?\s*")
AMBIGUOUS = "pass"
_NO_SHOW_TEXT = re.compile(
    r"约好没来|未到场|没到场|电话没接|临时取消|没来面|未参加面试|爽约|放鸽子|联系不上|未出现"
)


def parse_status(raw: str, *, reason: str = "") -> str | None:
    """Outcome of an interview, or None when the words are not an outcome.

    "pass" alone is ambiguous in Chinese offices ("passed" or "passed over"): with a reason for not hiring it is
    a rejection, without one it stays unknown.
    """
    text = unicodedata.normalize("NFKC", raw).strip().strip("。.!！ ").lower()
    if not text:
        return None
    if text in (AMBIGUOUS, "pass了"):
        return "rejected" if reason or text == "pass了" else None
    if text in _MARKS:
        return _MARKS[text]
    if len(text) > 30:
        return None
    return next((code for code, rule in _STATUS_RULES if rule.search(text)), None)


def split_result(raw: str) -> tuple[str, str]:
    """ "不予录用：团队架构调整" → ("不予录用", "团队架构调整"); a lone word → (word, "")."""
    text = raw.strip()
    for match in _SEPARATOR.finditer(text):
        word, rest = text[: match.start()].strip(), text[match.end() :].strip()
        if word and rest and (parse_status(word, reason=rest) or word.lower() == AMBIGUOUS):
            return word, _LABEL.sub("", rest).strip()
    bracketed = re.fullmatch(r"(.{1,8}?)[（(](.+)[)）]", text)
    if bracketed and parse_status(bracketed.group(1), reason=bracketed.group(2)):
        return bracketed.group(1), _LABEL.sub("", bracketed.group(2)).strip()
    if parse_status(text) or text.lower() == AMBIGUOUS:
        return text, ""
    return "", text


def parse_reason(raw: str) -> tuple[str | None, str | None]:
    """(reason type, the words). Words that fit no type are "other"; nothing is nothing."""
    text = _LABEL.sub("", raw.strip()).strip()
    if not text or text in {"-", "--", "/", "无", "暂无", "none", "null"}:
        return None, None
    return next((code for code, rule in _REASON_RULES if rule.search(text)), "other"), text


def is_known_reason(text: str) -> bool:
    """Do these words name a reason that the rules know?"""
    return any(rule.search(text) for _, rule in _REASON_RULES)


def tells_no_show(text: str) -> bool:
    """An evaluation that says nobody came."""
    return len(text) <= 40 and bool(_NO_SHOW_TEXT.search(text))


def parse_yes(raw: str) -> bool | None:
    """是/否, Y/N, true/false, 1/0; None for anything else."""
    text = unicodedata.normalize("NFKC", raw).strip().lower()
    if text in {"是", "y", "yes", "true", "1", "允许", "可以", "同意", "√", "有"}:
        return True
    if text in {"否", "n", "no", "false", "0", "不允许", "不可以", "不同意", "×", "无", "禁止"}:
        return False
    return None
