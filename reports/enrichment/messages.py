from dataclasses import dataclass
from reports.enrichment import language, urgency, kind
from reports.enrichment.category import keywords
from reports.enrichment.said import said
@dataclass
class R: ranked:object; kind:str; urgency:str; why:object
def of(text,S):
    t=said(language.normalise(text)); ranked=[r for r in keywords.scored(t,S.categories) if r[1]>=keywords.ENOUGH]
    u=urgency.assess(t,ranked,S.categories)
    k,_c=kind.judge(t,ranked,u[0],is_follow_up=False,has_mark="?" in text)
    return R(ranked,k.value,u[0].slug,u[2])
