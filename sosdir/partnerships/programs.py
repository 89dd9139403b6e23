"""Programmes as the sources word them, and the few national ones that are surely meant.

The table is closed and goes by whole wordings: what is not surely one of them stands as itself.
「性と健康の相談支援センター事業」 and 「若年妊婦支援事業」, for example, resemble a national one
and are not called by its name.
"""

from __future__ import annotations

import hashlib
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from types import MappingProxyType

from sosdir.partnerships.ties import Tie, areas_of

_SLUG_LETTERS = 12


@dataclass(frozen=True, slots=True)
class ProgramSource:
    """Point at the page that says what a programme is."""

    url: str
    publisher: str
    page: str


@dataclass(frozen=True, slots=True)
class Program:
    """Name a programme.

    Args:
        slug: part of its address, never reused.
        name: as the state or the sources write it.
        writings: the wordings that surely mean it.
        about: what it is, in the words of ``source``; None where no page that we read says it.
        source: of those words.
    """

    slug: str
    name: str
    writings: tuple[str, ...]
    about: str | None = None
    source: ProgramSource | None = None

    @property
    def is_known(self) -> bool:
        """Tell whether it is of the table, and not just the wording of a source."""
        return not self.slug.startswith(_OWN)


@dataclass(frozen=True, slots=True)
class Usage:
    """Hold what the sources say of a programme.

    Args:
        program: which.
        wordings: every wording they use, each with the services it stands at.
        ties: of the services, each once.
    """

    program: Program
    wordings: tuple[tuple[str, tuple[Tie, ...]], ...]
    ties: tuple[Tie, ...]

    @property
    def areas(self) -> tuple[str, ...]:
        """Return the prefectures of its services, 00 for the whole country."""
        return areas_of(self.ties)


# How the slug of a wording begins that stands as itself.
_OWN = "w-"

_REORGANISED = ProgramSource(
    "https://www.mhlw.go.jp/stf/newpage_46445.html",
    "厚生労働省",
    "妊娠・出産・産後における妊産婦等の支援策等に関する検討会(第6回)資料1-1 64ページ",
)

# The words of that page, which says it of 性と健康の相談センター事業.
_BECAME = (
    "令和3年度までの「女性健康支援センター事業」や「不妊専門相談センター事業」を組み替えたもの"
)

KNOWN_PROGRAMS: tuple[Program, ...] = (
    Program(
        "josei-kenko-shien-center",
        "女性健康支援センター事業",
        (
            "女性健康支援センター事業",
            "女性健康支援センター",
            "女性健康支援センター(女性健康相談窓口)",
        ),
        _BECAME,
        _REORGANISED,
    ),
    Program(
        "funin-senmon-sodan-center",
        "不妊専門相談センター事業",
        ("不妊専門相談センター事業", "不妊専門相談センター"),
        _BECAME,
        _REORGANISED,
    ),
    Program(
        "sei-to-kenko-no-sodan-center",
        "性と健康の相談センター事業",
        ("性と健康の相談センター事業", "性と健康の相談センター"),
        "プレコンセプションケアを含め、男女を問わず性や妊娠に関する正しい知識の普及を図り、"
        "健康管理を促す事を目的とする。(令和4年度創設)",
        _REORGANISED,
    ),
    Program(
        "jakunen-ninpu-to-shien",
        "若年妊婦等支援事業",
        (
            "若年妊婦等支援事業",
            "若年妊婦等支援事業(兵庫県・神戸市からの委託事業"
            "「不安や悩みを抱える若年妊婦等の支援」)",
        ),
    ),
    Program(
        "sanzen-sango-boshi-shien",
        "産前・産後母子支援事業",
        ("産前・産後母子支援事業", "産前・産後母子支援事業(熊本県から受託)"),
    ),
    Program(
        "ninsanpu-to-seikatsu-enjo",
        "妊産婦等生活援助事業",
        ("妊産婦等生活援助事業", "川崎市妊産婦等生活援助事業"),
        "家庭生活に困難を抱える特定妊婦や出産後の母子等に対する支援の強化を図るため、一時的な"
        "住まいや食事の提供、その後の養育等に係る情報提供や、医療機関等の関係機関との連携を行う。",
        ProgramSource(
            "https://www.mhlw.go.jp/stf/newpage_44451.html",
            "厚生労働省・こども家庭庁",
            "社会保障審議会障害者部会(第142回)・こども家庭審議会障害児支援部会(第7回)"
            "参考資料1 31ページ",
        ),
    ),
    Program(
        "kosodate-sedai-hokatsu-shien-center",
        "子育て世代包括支援センター",
        ("子育て世代包括支援センター", "子育て世代包括支援センター事業"),
        "妊娠期から子育て期にわたるまでの様々なニーズに対して総合的相談支援を提供する"
        "ワンストップ拠点",
        ProgramSource(
            "https://www8.cao.go.jp/shoushi/shoushika/whitepaper/measures/w-2022/"
            "r04webhonpen/html/b2_s1-2-3.html",
            "内閣府",
            "令和4年版 少子化社会対策白書",
        ),
    ),
    Program("kodomo-katei-center", "こども家庭センター", ("こども家庭センター",)),
)


def _folded(wording: str) -> str:
    """Return a wording with its brackets and letters of one width."""
    return unicodedata.normalize("NFKC", wording).strip()


_BY_WRITING = MappingProxyType(
    {_folded(writing): each for each in KNOWN_PROGRAMS for writing in each.writings}
)


def program_of(wording: str) -> Program:
    """Return the national programme that a wording surely means, else the wording as itself.

    Args:
        wording: as a source has it.
    """
    text = _folded(wording)
    known = _BY_WRITING.get(text)
    if known is not None:
        return known
    digest = hashlib.sha256(text.encode()).hexdigest()[:_SLUG_LETTERS]
    return Program(f"{_OWN}{digest}", wording, (wording,))


def usages(ties: Iterable[Tie]) -> dict[str, Usage]:
    """Return every programme that a source names, by slug, those of most services first.

    Args:
        ties: of all services that may be listed.
    """
    programs: dict[str, Program] = {}
    wordings: dict[str, dict[str, list[Tie]]] = {}
    for tie in ties:
        for wording in tie.programs:
            program = program_of(wording)
            programs.setdefault(program.slug, program)
            wordings.setdefault(program.slug, {}).setdefault(wording, []).append(tie)
    found = [_usage(programs[slug], told) for slug, told in wordings.items()]
    found.sort(key=lambda each: (not each.program.is_known, -len(each.ties), each.program.name))
    return {each.program.slug: each for each in found}


def _usage(program: Program, wordings: dict[str, list[Tie]]) -> Usage:
    ties = {tie.service_id: tie for held in wordings.values() for tie in held}
    told = tuple((wording, tuple(held)) for wording, held in wordings.items())
    return Usage(program, told, tuple(ties.values()))
