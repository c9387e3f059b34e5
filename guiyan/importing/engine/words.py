"""Header words and the field they mean. Rules, not examples: a new wording is one more alternative here."""

import re
import unicodedata
from functools import lru_cache

# Field → what a whole header may say (after `normal`). First match wins, so the special stands before the general.
_EXACT: tuple[tuple[str, str], ...] = (
    ("seq", r"序号|序|no|#|序列|行号|num|index"),
    ("blacklisted", r"(是否)?(在)?黑名单|拉黑"),
    ("contact_allowed", r"(是否|可否|能否)?(允许|可以|可|同意|愿意)?(被)?(再次|继续)?联系|可联系|是否可联系"),
    ("do_not_contact", r"(是否)?(勿扰|退订|拒绝联系|不再联系|请勿联系|不要联系|禁止联系|已退订)"),
    (
        "ignore",
        r"(是否)?(归档|删除|锁定|已读)|职位id|岗位id|部门id|jobid|来源类型|投递类型|(阶段|"
        r"状态)?更新(时间|日期|人)|(投递|申请|创建|导入|录入|登记|修改|更新|入库|下载|沟通|"
        r"邀约|初筛|推荐|毕业|入职|到岗|离职|归档|最近任职|提醒)(时间|日期)|最近任职时间|"
        r"任职时间|起止时间|任职起止|期望(城市|地点|工作地|行业|职能)|意向城市|求职状态|"
        r"在职状态|到岗时间|可到岗(时间|日期)?|初筛人|筛选人|简历筛选人|录入人|登记人|填表人|"
        r"负责人|hr|招聘负责人|跟进人|对接人|创建人|专业|所学专业|民族|籍贯|户口|婚姻(状况)?|"
        r"婚育|政治面貌|属相|星座|血型|身高|体重|附件|简历|简历链接|简历附件|链接|职级|"
        r"招聘类型|用工形式|qq",
    ),
    ("result_reason", r".*(结果|结论|意见|处理|录用).{0,4}(及|和|与|/|、|\+|&).{0,2}(原因|理由|说明).*"),
    (
        "reason",
        r"(归档|淘汰|未录用|未录取|不录用|没录用|拒绝|放弃|未通过|不通过|不合适|落选|未入职|"
        r"没要|不要|没过|未过|pass|被拒|拒绝录用|失败|未聘用|不予录用)(的)?(原因|理由|说明)|"
        r"原因|理由|(为什么|为啥|为何)(没要|不要|没录|不录|没录用|不录用|没过|淘汰|放弃|没成|"
        r"不合适)|.*(未|不|没).{0,4}(录|过|要|聘).{0,4}(原因|理由)|reason|淘汰缘由|没成的原因|"
        r"卡在哪(里|儿)?|哪里不合适",
    ),
    (
        "note",
        r"(归档|其他|其它|补充|hr)?(备注|说明|附注|备忘|注|note|notes|remark|remarks|memo)|"
        r"其他|其它|补充|补充信息|补充说明",
    ),
    ("offer", r"offer(状态|情况|结果)?|录用通知(状态)?"),
    (
        "stage",
        r"(当前|目前|招聘|流程|应聘|申请|候选人|最新|人才|处理)?(阶段|进度|流程状态|流程|状态|"
        r"环节|进展|status|stage)",
    ),
    ("round", r"(面试)?(轮次|轮|第几轮|场次|round)"),
    ("rating", r"(面试|综合|总体|总)?(评级|等级|评分|打分|得分|分数|星级|总分|score|rating|grade|推荐度)"),
    (
        "result",
        r"(面试|最终|处理|录用|评估|考核|面谈|评审)?(结果|结论|录用情况|情况|处理|result|"
        r"decision|outcome)|是否(录用|通过|录取|合格|聘用|入职|要)|录用与否|录用否|通过否|"
        r"通过与否|要不要|要没要|录没录|定了没|成没成|最后结果|最终决定|决定|录用情况",
    ),
    (
        "expected_salary",
        r"(期望|要求|预期|意向|希望|理想|想要|谈薪)(税前|税后)?(的)?(薪资|薪水|薪酬|月薪|年薪|"
        r"工资|待遇|收入|薪|package|价|薪资范围)?|(薪资|薪酬|薪水|工资|月薪|待遇|年薪|"
        r"收入)(的)?(要求|期望|预期|意向|诉求|范围)|要价|想要多少|要多少(钱)?|多少钱|开价|"
        r"报价|薪资|薪酬|薪水|工资|月薪|年薪|(expected)?salary|expectedsalary|expectation",
    ),
    (
        "current_salary",
        r"(目前|当前|现|现在|现有|原|上家|在职|最近|上份|前)(的)?(税前|税后)?(薪资|薪水|薪酬|"
        r"月薪|年薪|工资|待遇|收入|薪|拿多少)|currentsalary",
    ),
    (
        "expectation",
        r"(候选人|个人|本人|求职|其他|特殊)?(诉求|要求|期待|愿望|想法|心愿|在意(的)?(点|什么)|"
        r"关注点|求职动机|个人期望|看重(什么|的)?)|期望诉求|候选人期望|有什么要求|其他要求",
    ),
    (
        "last_company",
        r"(最近|上家|现|目前|当前|原|前|上一家|所在|现在|现任职|就职|任职|在职|最后|现任|最近一家|上一份)?(公司|"
        r"单位|雇主|东家|企业|工作单位|就职单位|任职公司|employer|company)(名称)?|(上|现|"
        r"前)(一)?家(公司)?|公司背景|在哪(家|里)?(上班|工作)",
    ),
    ("last_title", r"(最近|现|目前|当前|原|上家|现任|前|曾任)(任)?(职位|岗位|职务|职称|头衔|title)|职务"),
    (
        "candidate_no",
        r"(候选人|简历|人才|求职者|应聘者|档案)(id|编号|号|编码|no|代码)|candidateid|"
        r"candidateno|id",
    ),
    (
        "interview_no",
        r"(面试|记录|登记|流水|应聘|申请|台账|单据|单|招聘)?(编号|单号|流水号|编码|号码|"
        r"记录号|面试号|interviewno|no\.)",
    ),
    (
        "referrer",
        r"(内推|推荐|介绍|引荐|伯乐)(人|者|员工)?(姓名)?|谁(推|介绍|推荐)(荐)?(的|来的)?|"
        r"referrer|内推同事|referral",
    ),
    (
        "position",
        r"(应聘|面试|申请|投递|招聘|应征|意向|求职|面|拟聘|拟任|竞聘|推荐|职位)?(的)?(岗位|"
        r"职位|岗|职务|工种|position|job|jobtitle|role|title)(名称)?|面什么|面试什么岗位|"
        r"应聘(什么)?|什么岗(位)?",
    ),
    (
        "department",
        r"(职位|岗位|应聘|用人|需求|所属|拟入职|面试|招聘|申请|意向|需求)?(所属)?(部门|科室|"
        r"事业部|中心|department|dept|团队|bu|组织)(名称)?",
    ),
    ("birth", r"(出生)(日期|年月|年份|时间|年)?|生日|birth(day|date)?|dob"),
    ("years", r"(工作)?(年限|经验|工龄|工作经验年限|经验年限|年资)"),
    ("age", r"(面试时)?(年龄|岁数|age|年纪|周岁)"),
    ("gender", r"性别|gender|sex|男女"),
    ("degree", r"(最高|第一|全日制)?(学历|学位|文化程度|教育程度|degree|education)"),
    (
        "school",
        r"(毕业|最高学历|就读|第一学历)?(院校|学校|高校|大学|母校|school|university)(名称)?|"
        r"毕业于|哪毕业的|哪个学校",
    ),
    (
        "city",
        r"(所在|现居|居住|目前|现|工作|常住)(城市|地|地点|所在地|住地|地址|城)|城市|住址|地址|"
        r"现居住地|居住地|city|location",
    ),
    ("id_no", r"身份证(号码|号)?|证件(号码|号)?|idcard|idno"),
    ("email", r"(电子)?(邮箱|邮件|email|mail|e-mail)(地址)?"),
    ("wechat", r"微信(号|id|账号)?|wechat|weixin|vx|wx"),
    (
        "phone",
        r"(联系|移动|手机|个人|本人|备用|候选人|紧急|常用|第二|其他|新|旧|原)?(电话|手机|"
        r"手机号|号码|手机号码|电话号码|方式|联系方式|tel|telephone|mobile|phone|phoneno|"
        r"phonenumber|cell|contact)(1|2|一|二)?|怎么联系",
    ),
    (
        "interviewers",
        r"(主|一|二|三|初|复|终|业务|hr|技术|部门|参与|共同)?(面试|面|考|面谈|评估|评审|测评|"
        r"主考|初试|复试|终试|终面)(官|人|人员|者|负责人|领导|老师|专家|官们)|谁(面|面试|"
        r"负责面|聊|考|见)(的|试的|过)?|interviewer(s)?|面试负责人|考评人|评委|面试小组|"
        r"面的人|由谁面|评价人",
    ),
    (
        "date",
        r"(面试|面谈|面|初试|复试|终试|到访|来访|到面|约面|面聊|评估|考核|interview|来面|初面|"
        r"终面|见面|来面试|面试的)(日期|时间|日|date|time|日子|那天)|日期|时间|date|哪(一)?天|"
        r"什么时候|何时|几号|面试于|年月日|哪天面(的|试的)?|时候",
    ),
    ("tags", r"(候选人|人才|技能)?(标签|标记|tag|tags|技能|技能标签|关键词|特长)"),
    (
        "channel",
        r"(简历|招聘|候选人|投递|应聘|信息)?(来源|渠道|来源渠道|招聘渠道|channel|source|"
        r"途径)(渠道)?|从哪(儿|里)?来(的)?|哪来的",
    ),
    (
        "evaluation",
        r"(面试|面谈|综合|总体|初试|复试|终试|hr|技术|业务|部门|面试官|候选人|专业|一面|二面|"
        r"三面|总|现场|用人部门|初面|终面|主要|简要|面试官的|具体)?(评价|评语|评估|印象|记录|"
        r"纪要|意见|反馈|点评|总结|观察|感受|看法|小结|情况描述|评论|表现|描述|优缺点|"
        r"evaluation|comment|comments|feedback|assessment|review)(内容|记录|意见)?|"
        r"一句话(评价)?|怎么样|说了什么|聊得怎么样|面得怎么样|优点|缺点|优势|不足|聊了什么|"
        r"聊下来",
    ),
    (
        "name",
        r"(候选人|候选者|应聘人|应聘者|求职者|面试者|面试人员|人员|人才|员工|被面试人|应试者|来访人|"
        r"考生|中文|应聘人员|来面试的)?(的)?(姓名|名字|名|name|fullname|称呼)|候选人|应聘者|"
        r"应聘人|面试者|应聘人员|求职者|人|谁|candidate|candidatename|人选|来面试的人|应试者|"
        r"面试对象|姓氏|被面试人|来访(者|人)|候选者|人名",
    ),
    ("english_name", r"英文名(字)?|englishname"),
)
_RULES = tuple((field, re.compile(pattern, re.IGNORECASE)) for field, pattern in _EXACT)
_CONTAINS: tuple[tuple[str, str], ...] = (
    ("reason", r"原因|理由"),
    ("interviewers", r"面试官|interviewer"),
    ("evaluation", r"评价|评语|印象|反馈"),
    ("expected_salary", r"期望.*薪|薪.*(期望|要求)"),
    ("current_salary", r"(目前|当前|现).*薪"),
    ("phone", r"手机|电话"),
    ("email", r"邮箱|email"),
    ("position", r"(应聘|面试|申请).*(岗|职)"),
    ("name", r"姓名"),
    ("school", r"院校|学校"),
    ("department", r"部门"),
    ("date", r"面试.*(日期|时间)"),
    ("degree", r"学历"),
    ("result", r"结果|结论"),
    ("channel", r"渠道|来源"),
    ("note", r"备注"),
)
_CONTAINS_RULES = tuple((field, re.compile(pattern, re.IGNORECASE)) for field, pattern in _CONTAINS)


@lru_cache(maxsize=20_000)
def normal(header: str) -> str:
    """A header for comparison: no brackets and what is in them, no spaces, marks or case."""
    text = unicodedata.normalize("NFKC", header).lower()
    text = re.sub(r"[(\[【<][^)\]】>]*[)\]】>]", "", text)
    return re.sub(r"[\s*:：、,，.。;；!！?？'\"“”‘’_\-—|~]+", "", text)


_ROUND = re.compile(
    r"^(?:第?[一二三四1234](?:面|轮)(?:面试)?(?=面试官|考官|\w)|初试|复试|终试|初面|复面|终面|hr面)(?:的)?"
)


@lru_cache(maxsize=20_000)
def field_of(header: str) -> tuple[str | None, float]:
    """(field, how sure) for a header; (None, 0) when no rule knows it."""
    if len(header) > 40:
        return None, 0.0
    text = normal(header)
    if not text or len(text) > 20 or re.fullmatch(r"[\d./]+", text):
        return None, 0.0
    told = _ROUND.sub("", text) or text  # "复试评价" means what "评价" means, in its round
    for name, rule in _RULES:
        if rule.fullmatch(text) or rule.fullmatch(told):
            return name, 1.0
    if len(text) <= 12:
        for name, rule in _CONTAINS_RULES:
            if rule.search(text):
                return name, 0.7
    return None, 0.0


def is_label(text: str) -> bool:
    """A whole header word, as on a card."""
    return bool(text) and len(text) <= 12 and field_of(text)[1] == 1.0


def round_of(header: str) -> str:
    """The interview round a header names ("复试评价" → "复试"), or ""."""
    match = re.search(
        r"初试|复试|终试|初面|终面|[一二三四1234]面(?!试官)|第[一二三四1234]轮|hr面", normal(header)
    )
    return match.group(0) if match else ""
