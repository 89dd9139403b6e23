"""The settings: read from the environment, or refused with a sentence."""

from pathlib import Path

import pytest

from sosdir.config import DEFAULT_EXIT_URL, LEAST_SECRET, LogForm, Settings, from_environment
from sosdir.errors import SettingError


def test_without_an_environment_the_defaults_hold() -> None:
    assert from_environment({}) == Settings()


def test_an_empty_variable_is_as_good_as_none() -> None:
    names = ("SOSDIR_HOME", "SOSDIR_HOST", "PORT", "SOSDIR_CONTACT_URL", "SOSDIR_EXIT_URL")
    switches = ("SOSDIR_NEUTRAL_TITLE", "SOSDIR_HSTS")
    assert from_environment(dict.fromkeys((*names, *switches), "")) == Settings()


def test_every_setting_can_be_chosen() -> None:
    environ = {
        "SOSDIR_HOME": "/srv/sos dir",
        "SOSDIR_HOST": "0.0.0.0",
        "PORT": "8080",
        "SOSDIR_CONTACT_URL": "mailto:teisei@example.jp",
        "SOSDIR_EXIT_URL": "https://example.jp/weather",
        "SOSDIR_NEUTRAL_TITLE": "1",
        "SOSDIR_HSTS": "true",
    }
    assert from_environment(environ) == Settings(
        home=Path("/srv/sos dir"),
        host="0.0.0.0",
        port=8080,
        contact_url="mailto:teisei@example.jp",
        exit_url="https://example.jp/weather",
        neutral_title=True,
        hsts=True,
    )


def test_the_database_lives_in_the_home() -> None:
    assert Settings(home=Path("there")).database == Path("there/sosdir.db")


def test_the_page_that_exit_leads_to_is_of_the_web() -> None:
    assert DEFAULT_EXIT_URL.startswith("https://")


@pytest.mark.parametrize("port", ["1", "65535"])
def test_a_port_may_be_any_that_exists(port: str) -> None:
    assert from_environment({"PORT": port}).port == int(port)


@pytest.mark.parametrize(
    "port", ["0", "65536", "-1", "80.0", "http", " 80", "８０", "²", "9" * 5000]
)
def test_a_port_that_cannot_be_is_refused(port: str) -> None:
    with pytest.raises(SettingError, match="PORT must be a number from 1 to 65535"):
        from_environment({"PORT": port})


@pytest.mark.parametrize("name", ["SOSDIR_CONTACT_URL", "SOSDIR_EXIT_URL"])
@pytest.mark.parametrize(
    "address",
    [
        "javascript:alert(1)",
        "example.jp",
        "https://",
        "https://[::1",
        "https://example.jp/ x",
        "https://example.jp/\t",
        'https://example.jp/"onclick="x',
        "https://example.jp/\r\nX: y",
        "mailto:",
    ],
)
def test_an_address_that_leads_nowhere_is_refused(name: str, address: str) -> None:
    with pytest.raises(SettingError, match=f"{name} must be"):
        from_environment({name: address})


def test_exit_cannot_lead_to_a_mail() -> None:
    with pytest.raises(SettingError, match="SOSDIR_EXIT_URL must be a web address"):
        from_environment({"SOSDIR_EXIT_URL": "mailto:teisei@example.jp"})


@pytest.mark.parametrize(
    ("text", "on"), [("1", True), ("TRUE", True), ("0", False), ("False", False)]
)
def test_a_switch_is_on_or_off(text: str, on: bool) -> None:
    assert from_environment({"SOSDIR_HSTS": text}).hsts is on


@pytest.mark.parametrize("name", ["SOSDIR_HSTS", "SOSDIR_NEUTRAL_TITLE"])
def test_a_switch_that_is_neither_on_nor_off_is_refused(name: str) -> None:
    with pytest.raises(SettingError, match=f"{name} must be 0 or 1, not 'maybe'"):
        from_environment({name: "maybe"})


def test_a_secret_key_is_taken_when_it_is_long_enough() -> None:
    key = "k" * LEAST_SECRET
    assert from_environment({"SOSDIR_SECRET_KEY": key}).secret_key == key
    assert key not in repr(from_environment({"SOSDIR_SECRET_KEY": key}))
    assert from_environment({}).secret_key is None


def test_a_short_secret_key_stops_the_start_and_is_not_repeated() -> None:
    with pytest.raises(SettingError, match="at least 32 characters") as refused:
        from_environment({"SOSDIR_SECRET_KEY": "too-short"})
    assert "too-short" not in str(refused.value)


def test_where_the_admins_side_is_can_be_told() -> None:
    environ = {
        "SOSDIR_ADMIN_ADDRESSES": "192.0.2.7, 2001:db8::/32 198.51.100.0/24",
        "SOSDIR_ADMIN_PORT": "8001",
        "SOSDIR_ADMIN_URL": "https://admin.example.jp",
        "SOSDIR_URL": "https://example.jp",
    }
    told = from_environment(environ)
    assert [str(each) for each in told.admin_addresses] == [
        "192.0.2.7/32",
        "2001:db8::/32",
        "198.51.100.0/24",
    ]
    assert told.admin_port == 8001
    assert told.admins_site == "https://admin.example.jp"


def test_admins_come_in_at_the_public_address_unless_they_have_a_port() -> None:
    environ = {"SOSDIR_URL": "https://example.jp"}
    assert from_environment(environ).admins_site == "https://example.jp"
    assert from_environment(environ | {"SOSDIR_ADMIN_PORT": "8001"}).admins_site is None


@pytest.mark.parametrize(
    "text", ["office", "192.0.2.7/24", "192.0.2.1-9", "192.0.2.7;::1", ",", " "]
)
def test_an_address_that_cannot_be_stops_the_start(text: str) -> None:
    with pytest.raises(SettingError, match="SOSDIR_ADMIN_ADDRESSES must"):
        from_environment({"SOSDIR_ADMIN_ADDRESSES": text})


@pytest.mark.parametrize("text", ["0", "http", "65536", "8000"])
def test_an_admin_port_that_cannot_be_stops_the_start(text: str) -> None:
    with pytest.raises(SettingError, match="SOSDIR_ADMIN_PORT must be"):
        from_environment({"SOSDIR_ADMIN_PORT": text})


def test_a_token_for_the_metrics_is_long_plain_and_never_repeated() -> None:
    token = "k" * LEAST_SECRET
    told = from_environment({"SOSDIR_METRICS_TOKEN": token})
    assert told.metrics_token == token
    assert token not in repr(told)
    for bad in ("too-short", f"{token} {token}", f"{token}窓"):
        with pytest.raises(SettingError, match="SOSDIR_METRICS_TOKEN must") as refused:
            from_environment({"SOSDIR_METRICS_TOKEN": bad})
        assert bad not in str(refused.value)


def test_the_log_is_text_or_json() -> None:
    assert from_environment({}).log is LogForm.TEXT
    assert from_environment({"SOSDIR_LOG": "json"}).log is LogForm.JSON
    with pytest.raises(SettingError, match="SOSDIR_LOG must be text or json, not 'xml'"):
        from_environment({"SOSDIR_LOG": "xml"})


def test_proxies_are_counted() -> None:
    assert from_environment({"SOSDIR_PROXIES": "2"}).proxies == 2
    assert from_environment({}).proxies == 0


@pytest.mark.parametrize("text", ["-1", "10", "two", "１"])
def test_a_strange_count_of_proxies_stops_the_start(text: str) -> None:
    with pytest.raises(SettingError, match="SOSDIR_PROXIES must be a number from 0 to 9"):
        from_environment({"SOSDIR_PROXIES": text})


def test_who_may_frame_us_is_anyone_over_https_unless_told_otherwise() -> None:
    assert from_environment({}).embed_ancestors == ("https:",)
    assert from_environment({"SOSDIR_EMBED_ANCESTORS": ""}).embed_ancestors == ("https:",)
    assert from_environment({"SOSDIR_EMBED_ANCESTORS": "none"}).embed_ancestors == ()
    told = "https://www.city.example.jp  https://*.example.jp:8443 http://127.0.0.1:*"
    found = from_environment({"SOSDIR_EMBED_ANCESTORS": told}).embed_ancestors
    assert found == tuple(told.split())


@pytest.mark.parametrize(
    "text",
    [
        "*",
        "http:",
        "example.jp",
        "https://",
        "https://example.jp/page",
        "https://a.*.jp",
        "https://example.jp; script-src *",
        "https://example.jp,https://example.com",
        "'self'",
        "none https:",
        "https://example.jp\r\nX:y",
        "javascript:",
    ],
)
def test_who_cannot_be_named_as_framing_us_is_refused(text: str) -> None:
    with pytest.raises(SettingError, match="SOSDIR_EMBED_ANCESTORS must be"):
        from_environment({"SOSDIR_EMBED_ANCESTORS": text})


def test_the_memory_of_finished_answers_is_a_number_of_megabytes() -> None:
    assert from_environment({}).cache_megabytes == 16
    assert from_environment({"SOSDIR_CACHE_MB": "0"}).cache_megabytes == 0
    with pytest.raises(SettingError, match="SOSDIR_CACHE_MB must be a number from 0 to 9999"):
        from_environment({"SOSDIR_CACHE_MB": "viel"})
