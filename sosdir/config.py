"""Read the settings from the environment; a bad one stops the start with a sentence."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from urllib.parse import urlsplit

from sosdir import networks
from sosdir.errors import SettingError
from sosdir.networks import Network

LEAST_SECRET = 32
DEFAULT_EXIT_URL = "https://www.jma.go.jp/"
# Any page over HTTPS: what is framed is public, and nobody is signed in to it.
DEFAULT_ANCESTORS = ("https:",)
# Any page over HTTPS, or one host, its subdomains, a port: as a policy names who may frame a page.
_ANCESTOR = re.compile(
    r"https:|https?://(\*\.)?[a-z0-9-]+(\.[a-z0-9-]+)*(:([0-9]{1,5}|\*))?", re.IGNORECASE
)


class LogForm(StrEnum):
    """Tell how the log is written."""

    TEXT = "text"
    JSON = "json"


@dataclass(frozen=True, slots=True)
class Settings:
    """Hold what an installation may choose.

    Args:
        home: folder of the database.
        host: address to listen on.
        port: 1 to 65535.
        url: the public address of the site, such as ``https://example.jp``; without it, the one
            that a request names.
        contact_url: where corrections go, or None while there is no such place.
        exit_url: the neutral page that *Exit this page* leads to.
        neutral_title: whether page titles say nothing of pregnancy.
        hsts: whether to tell browsers to stay on HTTPS.
        hsts_subdomains: whether that is meant for every host below the site's own as well.
        secret_key: signs and encrypts what admins must not forge; None to keep one in the home.
        read_only: whether this machine serves a copy that another one writes: without admins' side.
        proxies: how many proxies of ours stand in front and say who asks.
        geocoder_url: an online geocoder that speaks Nominatim's API, for admins; None for none.
        cache_megabytes: how much of the memory finished answers may take; 0 for keeping none.
        embed_ancestors: whose pages may hold ``/embed`` in a frame, as a policy names them; none
            where nobody's may.
        admin_addresses: from where the admins' side and the metrics may be asked for; none named
            means from everywhere.
        admin_port: the only port on which they answer, None for the public one.
        admin_url: the address of the admins' side without its path, where it is not the public one.
        metrics_token: who bears it may read the metrics; None where nobody may.
        log: how the log is written.
        backups: the folder whose newest backup is watched, or None.
    """

    home: Path = Path("instance")
    host: str = "127.0.0.1"
    port: int = 8000
    url: str | None = None
    contact_url: str | None = None
    exit_url: str = DEFAULT_EXIT_URL
    neutral_title: bool = False
    hsts: bool = False
    hsts_subdomains: bool = False
    secret_key: str | None = field(default=None, repr=False)
    read_only: bool = False
    proxies: int = 0
    geocoder_url: str | None = None
    cache_megabytes: int = 16
    embed_ancestors: tuple[str, ...] = DEFAULT_ANCESTORS
    admin_addresses: tuple[Network, ...] = ()
    admin_port: int | None = None
    admin_url: str | None = None
    metrics_token: str | None = field(default=None, repr=False)
    log: LogForm = LogForm.TEXT
    backups: Path | None = None

    @property
    def database(self) -> Path:
        """Return the file of the database."""
        return self.home / "sosdir.db"

    @property
    def admins_site(self) -> str | None:
        """Return the address at which admins come in, None for the one that a request names."""
        return self.admin_url or (self.url if self.admin_port is None else None)


def from_environment(environ: Mapping[str, str]) -> Settings:
    """Read the settings.

    Args:
        environ: names and values, such as ``os.environ``.

    Raises:
        SettingError: a value cannot be used; the message says which and why.
    """
    port = _port("PORT", environ.get("PORT") or "8000")
    return Settings(
        home=Path(environ.get("SOSDIR_HOME") or "instance"),
        host=environ.get("SOSDIR_HOST") or "127.0.0.1",
        port=port,
        url=_address(environ, "SOSDIR_URL", mail=False),
        contact_url=_address(environ, "SOSDIR_CONTACT_URL", mail=True),
        exit_url=_address(environ, "SOSDIR_EXIT_URL", mail=False) or DEFAULT_EXIT_URL,
        neutral_title=_switch(environ, "SOSDIR_NEUTRAL_TITLE"),
        hsts=_switch(environ, "SOSDIR_HSTS"),
        hsts_subdomains=_switch(environ, "SOSDIR_HSTS_SUBDOMAINS"),
        secret_key=_secret("SOSDIR_SECRET_KEY", environ.get("SOSDIR_SECRET_KEY")),
        read_only=_switch(environ, "SOSDIR_READ_ONLY"),
        proxies=_proxies(environ.get("SOSDIR_PROXIES") or "0"),
        geocoder_url=_address(environ, "SOSDIR_GEOCODER_URL", mail=False),
        cache_megabytes=_megabytes(environ.get("SOSDIR_CACHE_MB") or "16"),
        embed_ancestors=_ancestors(environ.get("SOSDIR_EMBED_ANCESTORS") or ""),
        admin_addresses=_networks(environ.get("SOSDIR_ADMIN_ADDRESSES") or ""),
        admin_port=_admin_port(environ.get("SOSDIR_ADMIN_PORT"), port),
        admin_url=_address(environ, "SOSDIR_ADMIN_URL", mail=False),
        metrics_token=_token(environ.get("SOSDIR_METRICS_TOKEN")),
        log=_log_form(environ.get("SOSDIR_LOG") or LogForm.TEXT),
        backups=Path(environ["SOSDIR_BACKUPS"]) if environ.get("SOSDIR_BACKUPS") else None,
    )


def _port(name: str, text: str) -> int:
    if not re.fullmatch("[0-9]{1,5}", text) or not 1 <= int(text) <= 65535:
        raise SettingError(f"{name} must be a number from 1 to 65535, not {text!r}.")
    return int(text)


def _admin_port(text: str | None, public: int) -> int | None:
    if not text:
        return None
    port = _port("SOSDIR_ADMIN_PORT", text)
    if port == public:
        raise SettingError(f"SOSDIR_ADMIN_PORT must be another port than PORT, not {port} too.")
    return port


def _networks(text: str) -> tuple[Network, ...]:
    try:
        found = networks.read(text)
    except ValueError as error:
        raise SettingError(
            "SOSDIR_ADMIN_ADDRESSES must be addresses or networks such as 192.0.2.7 or"
            f" 2001:db8::/32, with commas or spaces between; {error}."
        ) from error
    if text and not found:
        # Whoever sets it wants a limit; nothing but commas must not mean "from everywhere".
        raise SettingError("SOSDIR_ADMIN_ADDRESSES must name at least one address or network.")
    return found


def _token(text: str | None) -> str | None:
    if text and not re.fullmatch("[!-~]+", text):
        raise SettingError("SOSDIR_METRICS_TOKEN must be of ASCII characters without spaces.")
    return _secret("SOSDIR_METRICS_TOKEN", text)


def _secret(name: str, text: str | None) -> str | None:
    if not text:
        return None
    if len(text) < LEAST_SECRET:
        # The value itself must not stand in any message.
        raise SettingError(f"{name} must have at least {LEAST_SECRET} characters.")
    return text


def _log_form(text: str) -> LogForm:
    if text not in set(LogForm):
        raise SettingError(f"SOSDIR_LOG must be text or json, not {text!r}.")
    return LogForm(text)


def _proxies(text: str) -> int:
    if not re.fullmatch("[0-9]", text):
        raise SettingError(f"SOSDIR_PROXIES must be a number from 0 to 9, not {text!r}.")
    return int(text)


def _megabytes(text: str) -> int:
    if not re.fullmatch("[0-9]{1,4}", text):
        raise SettingError(f"SOSDIR_CACHE_MB must be a number from 0 to 9999, not {text!r}.")
    return int(text)


def _ancestors(text: str) -> tuple[str, ...]:
    if text.strip() == "none":
        return ()
    named = tuple(text.split())
    for each in named:
        if not _ANCESTOR.fullmatch(each):
            raise SettingError(
                "SOSDIR_EMBED_ANCESTORS must be 'none', or hosts such as https://www.example.jp,"
                f" https://*.example.jp or https: for any, with spaces between; not {each!r}."
            )
    return named or DEFAULT_ANCESTORS


def _address(environ: Mapping[str, str], name: str, *, mail: bool) -> str | None:
    text = environ.get(name)
    if not text:
        return None
    if not _leads_somewhere(text, mail=mail):
        kind = "web or mail address" if mail else "web address"
        raise SettingError(f"{name} must be a {kind}, not {text!r}.")
    return text


def _leads_somewhere(text: str, *, mail: bool) -> bool:
    try:
        parts = urlsplit(text)
    except ValueError:
        return False
    if not text.isprintable() or any(ch in text for ch in "\"'<> "):
        return False
    if parts.scheme == "mailto":
        return mail and "@" in parts.path
    return parts.scheme in {"http", "https"} and bool(parts.hostname)


def _switch(environ: Mapping[str, str], name: str) -> bool:
    text = environ.get(name, "0").lower()
    if text not in {"", "0", "1", "false", "true"}:
        raise SettingError(f"{name} must be 0 or 1, not {text!r}.")
    return text in {"1", "true"}
