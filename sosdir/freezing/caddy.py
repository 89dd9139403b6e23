"""What Caddy must know of a freeze: the headers of each file, what leads on and what is gone.

The rules are found by what answers have in common and then held against every one of them; where
a rule would say another thing than the live site did, the address gets a rule of its own.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from http import HTTPStatus
from urllib.parse import unquote

from sosdir.freezing.manifest import Manifest
from sosdir.freezing.records import Answer
from sosdir.locales import LOCALES
from sosdir.multilingual import parted

# What each address is compared with: as it was asked, before any file was looked for.
_PATH, _WHOLE = "{http.request.orig_uri.path}", "{http.request.orig_uri}"
_LANGUAGE = "Content-Language"
# In a value, stands for the last part of the address: a file that is named after it.
_NAME = "${1}"
_IN_ANY_LANGUAGE = f"^(?:/(?:{'|'.join(each.code for each in LOCALES if each.code)}))?"

Values = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Rule:
    """Give the values of some headers at the paths that a pattern finds."""

    pattern: re.Pattern[str]
    values: Values

    def said(self) -> str:
        return _line(f"~{self.pattern.pattern}", *self.values)


def written(made: Manifest) -> str:
    """Return what a Caddyfile imports at its top: three snippets.

    Args:
        made: what was frozen.
    """
    kept = [each for each in made.answers if each.file is not None and "?" not in each.address]
    everywhere, names = _names(kept)
    others = [each for each in names if each != _LANGUAGE]
    lines = [
        "# Made by `sosdir freeze`; deploy/frozen/Caddyfile says how it is used.",
        "(frozen-maps) {",
        *_of_headers(kept, [each for each in names if each == _LANGUAGE], _by_language),
        *_of_headers(kept, others, _by_kind),
        *_map(_PATH, ["frozen_to", "frozen_status"], _moved(made.answers)),
        *_map(_PATH, ["frozen_gone"], _gone(made.answers)),
        *_map(_WHOLE, ["frozen_same"], _same(made.answers)),
        *_map(_PATH, ["frozen_language"], _languages(made.languages)),
        "}",
        "(frozen-everywhere) {",
        *(f"\theader {_line(name, value)}" for name, value in everywhere),
        "}",
        "(frozen-headers) {",
        "\timport frozen-everywhere",
        *_set(names),
        "}",
    ]
    return "\n".join(lines) + "\n"


def _names(answers: Sequence[Answer]) -> tuple[list[tuple[str, str]], list[str]]:
    """Return the headers that are the same in every answer, and the names of the others."""
    counted = Counter(pair for each in answers for pair in each.headers)
    everywhere = [pair for pair, count in counted.items() if count == len(answers)]
    names = {name for name, _ in counted} - {name for name, _ in everywhere}
    return sorted(everywhere), sorted(names)


def _of_headers(
    answers: Sequence[Answer], names: Sequence[str], section_of: Callable[[str], str]
) -> Iterator[str]:
    """Yield the table that gives each path the values of some headers."""
    values = {unquote(each.address): _values(each, names) for each in answers}
    most = Counter(values.values()).most_common(1)[0][0]
    rules = [each for each in _rules(values, section_of) if each.values != most]
    exact = (
        _line(path, *_filled(wanted, path))
        for path, wanted in sorted(values.items())
        if _by_rule(rules, path, most) != _filled(wanted, path)
    )
    lines = (*exact, *(each.said() for each in rules))
    yield from _map(_PATH, [_variable(each) for each in names], lines, most)


def _values(answer: Answer, names: Sequence[str]) -> Values:
    told, last = dict(answer.headers), _last(unquote(answer.address))
    named = partial(re.sub, rf'(?<=["=]){re.escape(last)}(?="|$)', lambda _: _NAME)
    values = (told.get(each, "") for each in names)
    return tuple(named(each) if last else each for each in values)


def _rules(values: dict[str, Values], section_of: Callable[[str], str]) -> Iterator[_Rule]:
    """Yield for each section of the paths what most of its answers say."""
    sections: defaultdict[str, Counter[Values]] = defaultdict(Counter)
    for path, wanted in values.items():
        sections[section_of(path)][wanted] += 1
    for pattern in sorted(sections):
        yield _Rule(re.compile(pattern), sections[pattern].most_common(1)[0][0])


def _by_language(path: str) -> str:
    """Return the pattern of all paths in the language of one."""
    locale, _ = parted(path)
    return f"^{locale.prefix}(?:/|$)" if locale else "^/"


def _by_kind(path: str) -> str:
    """Return the pattern of all paths, in any language, that begin and end as one does."""
    _, plain = parted(path)
    first, slash, rest = plain.removeprefix("/").partition("/")
    if not rest:
        return f"{_IN_ANY_LANGUAGE}/({re.escape(first)}){slash}$"
    start = f"{_IN_ANY_LANGUAGE}/{re.escape(first)}"
    ending = re.search(r"\.[a-z]+$", rest)
    last = f"[^/]*{re.escape(ending[0])}" if ending else "[^./]*"
    return f"{start}/(?:.*/)?({last})$"


def _by_rule(rules: Iterable[_Rule], path: str, otherwise: Values) -> Values:
    for rule in rules:
        if found := rule.pattern.search(path):
            # As Caddy does: a pattern without a group names nothing.
            named = found[1] if rule.pattern.groups else ""
            return tuple(each.replace(_NAME, named) for each in rule.values)
    return otherwise


def _filled(values: Values, path: str) -> Values:
    return tuple(each.replace(_NAME, _last(path)) for each in values)


def _last(path: str) -> str:
    return path.rpartition("/")[2]


def _moved(answers: Iterable[Answer]) -> Iterator[str]:
    for each in answers:
        if each.location is not None:
            yield _line(unquote(each.address), each.location, str(each.status))


def _gone(answers: Iterable[Answer]) -> Iterator[str]:
    for each in answers:
        if each.status == HTTPStatus.GONE and each.file is not None:
            yield _line(unquote(each.address), "/" + each.file.partition("/")[2])


def _same(answers: Iterable[Answer]) -> Iterator[str]:
    return (_line(each.address, "yes") for each in answers if "?" in each.address)


def _languages(codes: Iterable[str]) -> Iterator[str]:
    named = "|".join(re.escape(code) for code in codes if code)
    if named:
        yield _line(f"~^/({named})(?:/|$)", "/${1}")


def _map(
    source: str, names: Sequence[str], lines: Iterable[str], otherwise: Values = ()
) -> Iterator[str]:
    if not names:
        return
    yield f"\tmap {source} {' '.join(f'{{{name}}}' for name in names)} {{"
    yield from (f"\t\t{line}" for line in lines)
    yield "\t\tdefault " + _line(*(otherwise or ("",) * len(names)))
    yield "\t}"


def _set(names: Iterable[str]) -> Iterator[str]:
    for name in names:
        variable = _variable(name)
        yield f'\t@{variable} expression `{{{variable}}} != ""`'
        yield f"\theader @{variable} {name} {{{variable}}}"


def _variable(header: str) -> str:
    return f"frozen_{header.lower().replace('-', '_')}"


def _line(*tokens: str) -> str:
    return " ".join(f"`{each}`" if each else '""' for each in tokens)
