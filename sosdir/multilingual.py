"""Serve the public pages in nine languages: which one a request asks for, and its addresses.

A language is the first part of an address, ``/en/areas/14``; Japanese has none. It is taken off
before anything is routed and put before every address that is made, so no view knows of it.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

import flask_babel
from flask import Flask, Response, current_app, g, has_request_context, request, url_for
from markupsafe import Markup

from sosdir import assets
from sosdir.config import Settings
from sosdir.locales import JAPANESE, LOCALES, Locale, Speech, find, speech
from sosdir.locales.catalogues import translations

_LOCALE = "sosdir.locale"
_ROOT = "sosdir.root"
_PROBLEM = "is_problem"
# What has no language: the admins' side is Japanese, files and doors for programs are one for all.
_WITHOUT_LANGUAGE = (
    "admin",
    "static",
    "api",
    "healthz",
    "metrics",
    "oembed",
    ".well-known",
    "robots.txt",
    "sitemap.xml",
    "feed.xml",
    "sw.js",
)


class _LanguageOfTheAddress:
    """Take the language off an address, and remember it."""

    def __init__(self, app: WSGIApplication) -> None:
        self._app = app

    def __call__(self, environ: WSGIEnvironment, start: StartResponse) -> Iterable[bytes]:
        environ[_ROOT] = environ.get("SCRIPT_NAME", "")
        locale, rest = parted(environ.get("PATH_INFO", ""))
        if locale is not None:
            environ[_LOCALE] = locale
            environ["SCRIPT_NAME"] = environ[_ROOT] + locale.prefix
            environ["PATH_INFO"] = rest
        return self._app(environ, start)


class _Catalogues(flask_babel.Domain):  # type: ignore[misc]  # flask_babel has no types
    """Give Flask-Babel our catalogues, by our languages."""

    def get_translations(self) -> Any:
        """Return the translations into the language of the request."""
        return translations(locale())


class _Babel(flask_babel.Babel):  # type: ignore[misc]
    domain_instance = _Catalogues()


def parted(path: str) -> tuple[Locale | None, str]:
    """Return the language that a path names, None where it names none, and the path without it.

    Args:
        path: of an address, from its first slash.
    """
    code, _, rest = path.removeprefix("/").partition("/")
    # Slashes that stand for nothing must hide nothing.
    rest = rest.lstrip("/")
    found = find(code) if code else None
    if found is None or not has_languages(f"/{rest}"):
        return None, path
    return found, f"/{rest}"


def has_languages(path: str) -> bool:
    """Tell whether what stands at a path can be asked in every language.

    Args:
        path: without language, from its first slash.
    """
    return path.removeprefix("/").partition("/")[0] not in _WITHOUT_LANGUAGE


def locale() -> Locale:
    """Return the language of the request; Japanese outside of one."""
    if not has_request_context():
        return JAPANESE
    found: Locale = request.environ.get(_LOCALE, JAPANESE)
    return found


def current() -> Speech:
    """Return the speech of the request's language."""
    return speech(locale())


def static(filename: str) -> str:
    """Return the address of a file that ships with sosdir, one for all languages.

    Args:
        filename: below the folder of static files.

    Raises:
        FileNotFoundError: there is no such file.
    """
    return without_language(url_for("static", filename=assets.marked(filename)))


def in_japanese() -> Markup:
    """Return the attribute for an element whose words stay Japanese on pages that are not."""
    return Markup("") if locale().is_japanese else Markup(' lang="ja"')


def as_japanese(words: str) -> str:
    """Return Japanese words for a sentence in another language, called what they are.

    Args:
        words: as a source writes them.
    """
    attribute = in_japanese()
    return Markup("<span{}>{}</span>").format(attribute, words) if attribute else words


def addresses() -> list[dict[str, Any]]:
    """Return this page in every language: the language, its address, whether it is the one read."""
    path = "/" if g.get(_PROBLEM) else request.full_path.removesuffix("?")
    root = request.environ.get(_ROOT, "")
    return [
        {"locale": each, "url": f"{root}{each.prefix}{path}", "active": each == locale()}
        for each in LOCALES
    ]


def answer_a_problem() -> None:
    """Let the page say what went wrong: in another language it stands at no address."""
    setattr(g, _PROBLEM, True)


def alternates() -> list[dict[str, str]]:
    """Return the whole addresses of this page for robots, in every language that a tag names."""
    if request.method != "GET" or g.get(_PROBLEM):
        return []
    settings: Settings = current_app.config["SETTINGS"]
    base = (settings.url or request.host_url).rstrip("/")
    found = {each["locale"].tag: base + each["url"] for each in reversed(addresses())}
    return [{"tag": tag, "url": url} for tag, url in (*found.items(), ("x-default", found["ja"]))]


def init_app(app: Flask) -> None:
    """Let an application speak the language that an address names.

    Args:
        app: to register with.
    """
    app.wsgi_app = _LanguageOfTheAddress(app.wsgi_app)  # type: ignore[assignment, method-assign]
    _Babel(app, default_locale="ja", locale_selector=lambda: locale().cldr)
    app.jinja_env.globals.update(
        static=static,
        without_language=without_language,
        in_japanese=in_japanese,
        languages=addresses,
        alternates=alternates,
        locale=locale,
        speech=current,
    )
    app.jinja_env.filters["say"] = lambda text: current().say(text)
    app.jinja_env.filters["ja"] = as_japanese
    app.after_request(_name_language)


def _name_language(response: Response) -> Response:
    response.headers.setdefault("Content-Language", locale().tag)
    return response


def without_language(url: str) -> str:
    """Return an address of ours as it is in no language, or in Japanese.

    Args:
        url: as ``url_for`` makes it.
    """
    root = request.environ.get(_ROOT, "")
    return f"{root}{url.removeprefix(root + locale().prefix)}"
