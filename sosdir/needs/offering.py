"""Tell which needs a service meets by what a source says of it, and no more than it says.

Only facts that are always public are read: a withheld channel tells nothing here.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from sosdir.models import Need, Service

# A text that says no says nothing for a need, whatever else stands in it.
_REFUSED = re.compile(
    r"対象外|除く|除き|のぞく|できません|できない|行(?:って|い)(?:いません|ません)|不可|ありません|断り"
)
_ACCOMPANIMENT = re.compile(r"同行(?!者)|付き?添い|つきそい")
# To look for a home with someone is not to offer one.
_SHELTER = re.compile(r"居場所|宿泊|シェルター|ホームステイ|住まいを提供|泊まれる|泊まる")
_COSTS = re.compile(
    r"(?:費用|出産費|健診費|検査費|入院費|交通費|受診料|初診料|検査料|タクシー代)"
    r"[^。;]{0,12}?(?<!自己)(?<!本人)(?:負担|補助|助成|支援|無料|制度|相談|など経済)"
    r"|円ブリオ基金|入院助産|生活保護の申請|経済(?:的な|面の?)(?:支援|相談)"
)
_OWN_EXPENSE = re.compile(r"自己負担|本人負担|実費")
_TEENS = re.compile(r"(?<!\d)10代|十代|中高生|中学生|高校生|未成年|若年|思春期")
_PARTNERS = re.compile(
    r"パートナー(?!から|による|の暴力|間の暴力)|男性(?!不妊|から|による)|男女|父親"
)


def offered(service: Service) -> tuple[Need, ...]:
    """Return the needs that a service meets as a whole, in the order of the vocabulary.

    Args:
        service: as stored or published; both give the same.
    """
    told = {
        Need.FREE: service.is_free,
        Need.ACCOMPANIMENT: _says(_ACCOMPANIMENT, service.offers),
        Need.SHELTER: _says(_SHELTER, service.offers),
        Need.COSTS: any(_COSTS.search(each) for each in _without_expense(service.offers)),
        Need.TEENS: _says(_TEENS, _about(service)),
        Need.PARTNERS: _says(_PARTNERS, (service.eligibility or "", *service.offers)),
    }
    return tuple(need for need in Need if told.get(need))


def _about(service: Service) -> tuple[str, ...]:
    return (service.name, service.eligibility or "", *service.programs, *service.offers)


def _says(pattern: re.Pattern[str], texts: Iterable[str]) -> bool:
    return any(pattern.search(text) and not _REFUSED.search(text) for text in texts)


def _without_expense(texts: Iterable[str]) -> Iterator[str]:
    return (text for text in texts if not (_OWN_EXPENSE.search(text) or _REFUSED.search(text)))
