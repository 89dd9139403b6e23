"""Describe the database of published facts: its tables in HSDS words, and its views.

One description makes the tables and what Datasette says of them.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from sosdir.tabular import TABLE, Column, Table

# What only admins see, and what stands in a table of its own here.
_LEFT_OUT = frozenset(
    {"operator_text", "hold", "editor_note", "successor_id", "commissioner_ids", "source_ids"}
)
_SERVICE_ID = Column("service_id", title="窓口", required=True)


@dataclass(frozen=True, slots=True)
class View:
    """Describe a view.

    Args:
        name: of the view.
        title: what a row is, in Japanese.
        sql: the query that it stands for.
    """

    name: str
    title: str
    sql: str


def _public(name: str, *more: Column, foreign: tuple[tuple[str, str], ...] = ()) -> Table:
    table = TABLE[name]
    columns = tuple(each for each in table.columns if each.name not in _LEFT_OUT)
    kept = tuple(pair for pair in table.foreign if pair[0] not in _LEFT_OUT)
    return replace(table, columns=(*columns, *more), foreign=(*kept, *foreign))


# Parents before children.
OPEN_TABLES: tuple[Table, ...] = (
    TABLE["organization"],
    Table(
        "area",
        "地域(国、都道府県、市区町村)",
        (
            Column("code", title="00は全国、2桁は都道府県、6桁は市区町村", required=True),
            Column("name", title="名称", required=True),
            Column("name_kana", title="よみ(ひらがな)"),
            Column("level", title="country、prefecture、municipality のどれか", required=True),
            Column("prefecture_code", title="都道府県"),
            Column("latitude", "number", "役所の緯度(WGS 84)"),
            Column("longitude", "number", "役所の経度(WGS 84)"),
        ),
        ("code",),
        (("prefecture_code", "area"),),
    ),
    _public(
        "service",
        Column("withheld", "boolean", "連絡先を確認中で、のせていない", required=True),
        foreign=(("prefecture_code", "area"), ("municipality_code", "area")),
    ),
    Table(
        "commissioner",
        "窓口の委託元",
        (_SERVICE_ID, Column("organization_id", title="委託元の団体", required=True)),
        ("service_id", "organization_id"),
        (("service_id", "service"), ("organization_id", "organization")),
    ),
    _public(
        "channel", Column("doubted", "boolean", "まちがいの知らせがあり、確認中", required=True)
    ),
    _public("service_area", foreign=(("area_code", "area"),)),
    TABLE["source"],
    Table(
        "channel_source",
        "連絡手段を述べる出典",
        (
            Column("channel_id", title="連絡手段", required=True),
            Column("source_id", title="出典", required=True),
        ),
        ("channel_id", "source_id"),
        (("channel_id", "channel"), ("source_id", "source")),
    ),
    Table(
        "language",
        "使える言語",
        (
            Column("id", "integer", "番号", required=True),
            _SERVICE_ID,
            Column("channel_id", title="その手段だけで使えるときの連絡手段"),
            Column("code", title="ISO 639 の符号", required=True),
            Column("name", title="名称", required=True),
        ),
        ("id",),
        (("service_id", "service"), ("channel_id", "channel")),
    ),
    TABLE["statistic"],
)

OPEN_VIEWS = (
    View(
        "phone",
        "電話・FAX・SMSの番号",
        "SELECT channel.id, channel.service_id, service.name AS service_name,"
        " channel.value AS number, channel.kind AS type, channel.hours_text, channel.toll_free,"
        " channel.doubted, service.evidence, service.collected_on, service.checked_on"
        " FROM channel JOIN service ON service.id = channel.service_id"
        " WHERE channel.kind IN ('phone', 'fax', 'sms') AND channel.value IS NOT NULL",
    ),
    View(
        "service_channel",
        "窓口と連絡手段",
        "SELECT service.id AS service_id, service.name, service.focus,"
        " organization.name AS organization,"
        " (SELECT group_concat(area.name, '、') FROM service_area"
        " JOIN area ON area.code = service_area.area_code"
        " WHERE service_area.service_id = service.id) AS areas,"
        " channel.kind, channel.value, channel.hours_text, channel.doubted, service.website,"
        " service.evidence, service.withheld, service.collected_on, service.checked_on"
        " FROM service LEFT JOIN channel ON channel.service_id = service.id"
        " LEFT JOIN organization ON organization.id = service.organization_id",
    ),
    View(
        "area_service",
        "地域と、そこを対象とする窓口の数",
        "SELECT area.code, area.name, area.level, count(*) AS services,"
        " sum(service.focus = 'pregnancy_sos') AS pregnancy_sos,"
        " sum(NOT service.withheld AND service.status = 'active' AND EXISTS (SELECT 1 FROM channel"
        " WHERE channel.service_id = service.id AND channel.kind = 'line')) AS with_line,"
        " sum(service.withheld) AS withheld"
        " FROM area JOIN service_area ON service_area.area_code = area.code"
        " JOIN service ON service.id = service_area.service_id GROUP BY area.code",
    ),
)

# Datasette finds it by what it is told of ``service``.
SEARCH_TABLE = "service_fts"
