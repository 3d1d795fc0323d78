"""Exact sums over cost exports by tag dimensions: dimensions.py COLUMN,… FILE…

Prints what `counterfoil summarize` must print. A column is `CostCenter` or `Environment`, read here by what
`pipelines/tags/cost-allocation.yaml` says of them, written down once more by hand; or a column of the files.
"""
import json, re, sys, unicodedata

sys.dont_write_bytecode = True
import sums

PLACEHOLDERS = set("""- -- . ? 0 n/a na nil none null undefined unknown untagged unassigned notset tbd tba xxx
    #n/a 无 暂无 未知 未定 未分配 待定 空 不适用""".split()) | {"not set", "to be defined"}
COST_CENTER = """CostCenter CostCentre CC CostCenterCode CostCenterID CostCode Kostenstelle CentroDeCosto
    成本中心 成本中心编码 成本中心代码 费用中心""".split()
CHARGE_CODE = "ChargeCode BillingCode BillTo BudgetCode WBS GLCode InternalOrder 预算编码 计费代码 预算科目".split()
ENVIRONMENT = """Environment Env EnvName EnvironmentName EnvType EnvironmentType DeployEnv AppEnv
    环境 环境类型 部署环境 运行环境""".split()
STAGE = "Stage Tier Landscape Lifecycle Phase 阶段".split()
VALUES = {
    "prod": ["production", "prd", "prod-env", "live", "p", "生产", "生产环境", "正式", "正式环境", "线上", "现网"],
    "dr": ["disaster recovery", "disaster-recovery", "drc", "standby", "灾备", "容灾", "灾备环境"],
    "staging": ["stage", "stg", "stag", "preprod", "pre-prod", "pre-production", "pre", "uat", "acceptance", "预发",
                "预发布", "预发环境", "预生产", "验收", "准生产", "仿真"],
    "test": ["testing", "tst", "qa", "sit", "fat", "integration", "测试", "测试环境", "集成测试"],
    "dev": ["development", "develop", "devel", "d", "开发", "开发环境", "研发", "研发环境"],
    "sandbox": ["sbx", "playground", "poc", "lab", "demo", "沙箱", "沙盒", "演示", "实验", "试验"],
    "shared": ["common", "infra", "management", "mgmt", "tools", "共享", "公共", "基础设施"],
}
LISTED = {spelling: shown for shown, all in VALUES.items() for spelling in [shown, *all]}


def half(text):
    return "".join(unicodedata.normalize("NFKC", c) if 0xFF01 <= ord(c) <= 0xFF5E or c == "\u3000" else c for c in text)


def folded(key):
    return re.sub(r"[ _.:/-]", "", half(key).lower())


def tags(row):
    """(own key, whether it is in snake case, value)"""
    for column, text in row.items():
        if column.startswith("resourceTags/user:"):
            yield column[len("resourceTags/user:"):], False, text
        elif column.startswith("resource_tags_user_"):
            yield column[len("resource_tags_user_"):], True, text
        elif column in ("resource_tags", "tags", "Tags") and text:
            for key, value in json.loads(text).items():
                if key.startswith("user:"):
                    yield key[5:], False, value
                elif key.startswith("user_"):
                    yield key[5:], True, value
                elif not key.startswith(("aws:", "aws_", "resourceTags/aws:")):
                    yield key, False, value


def value(row, rules, read):
    found = []
    for key, snake, text in tags(row):
        text = half(text).strip()
        if not text or text.lower() in PLACEHOLDERS:
            continue
        for number, keys in enumerate(rules):
            names = [folded(name) for name in keys]
            if folded(key) in names and (shown := read(number, text)):
                rank = names.index(folded(key))
                found.append((number, not (rank == 0 and (snake or key == keys[0])), rank, key.encode(), shown))
    return min(found)[-1] if found else ""


def cost_center(row):
    return value(row, [COST_CENTER, CHARGE_CODE], lambda rule, text: text.upper())


def environment(row):
    def read(rule, text):
        return LISTED.get(text.lower(), "" if rule else text.lower())

    return value(row, [ENVIRONMENT, STAGE], read)


if __name__ == "__main__":
    sums.main(sys.argv[1].split(","), sys.argv[2:], {"CostCenter": cost_center, "Environment": environment})
