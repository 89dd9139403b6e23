"""Read which organizations a row names, and keep their names one in the whole file."""

from __future__ import annotations

from collections.abc import Mapping

from sosdir.errors import InputError
from sosdir.models import Organization
from sosdir.spreadsheets.columns import OWN
from sosdir.spreadsheets.known import Known
from sosdir.spreadsheets.proposals import Proposal
from sosdir.tabular import LIST_DELIMITER, read_value

_NO_ID = "団体の識別子がありません。英小文字と数字を「-」でつないで書いてください。"


class Bodies:
    """Know the organizations of the directory and those that a file brings.

    Args:
        known: the directory as it is.
    """

    def __init__(self, known: Known) -> None:
        self._known = known.organizations
        self._ids = {each.name: each.id for each in self._known.values()}
        self._told: dict[str, tuple[str, int]] = {}

    def read(
        self, proposal: Proposal, told: Mapping[str, str]
    ) -> tuple[Organization | None, tuple[Organization, ...]]:
        """Return who runs and who commissions the service of a row.

        Args:
            proposal: of that row; what is wrong is added to it.
            told: the cells of the four columns, those that the file has.
        """
        return self._runner(proposal, told), self._commissioners(proposal, told)

    def known_as(self, name: str) -> Organization | None:
        """Return the organization that bears a name, or None.

        Args:
            name: whole.
        """
        key = self._ids.get(name)
        return Organization(key, name) if key else None

    def learn(self, body: Organization) -> None:
        """Know an organization that the file brings, for its later rows."""
        self._ids[body.name] = body.id

    def bears(self, key: str) -> bool:
        """Tell whether an organization of the directory or of the file has an id."""
        return key in self._known or key in self._ids.values()

    def _runner(self, proposal: Proposal, told: Mapping[str, str]) -> Organization | None:
        before = proposal.base.organization if proposal.base else None
        key, name = told.get("organization_id"), told.get("organization_name")
        if key is None and name is None:
            return before
        if key is None:
            same = before is not None and name == before.name
            key = before.id if same and before else self._ids.get(name or "", "")
        if name is None:
            name = self._known[key].name if key in self._known else ""
        if not key and not name:
            return None
        return self._body(proposal, "organization", key or self._ids.get(name, ""), name)

    def _commissioners(
        self, proposal: Proposal, told: Mapping[str, str]
    ) -> tuple[Organization, ...]:
        before = proposal.base.commissioners if proposal.base else ()
        if "commissioner_ids" not in told:
            return before
        keys = _items(told["commissioner_ids"])
        if "commissioner_names" in told:
            names = _items(told["commissioner_names"])
        else:
            names = [self._known[key].name if key in self._known else "" for key in keys]
        if len(keys) != len(names):
            proposal.refuse(
                "commissioner_ids",
                "委託元の識別子と名称の数が合いません。「;」で区切って並べてください。",
            )
            return before
        found = [
            self._body(proposal, "commissioner", key, name)
            for key, name in zip(keys, names, strict=True)
        ]
        return tuple(each for each in found if each)

    def _body(self, proposal: Proposal, which: str, key: str, name: str) -> Organization | None:
        id_column = "organization_id" if which == "organization" else "commissioner_ids"
        name_column = f"{which}_name" if which == "organization" else "commissioner_names"
        if not key:
            proposal.refuse(id_column, _NO_ID)
            return None
        try:
            read_value(OWN["organization_id"], key)
            read_value(OWN["name"], name)
        except InputError as error:
            proposal.refuse(name_column if name == "" else id_column, str(error))
            return None
        first, line = self._told.setdefault(key, (name, proposal.line))
        if first != name:
            proposal.refuse(
                name_column,
                f"{line}行目では団体「{key}」の名称が「{first}」です。"
                "名称を変えるときは、その団体のすべての行で変えてください。",
            )
            return None
        if key in self._known and self._known[key].name != name:
            old = self._known[key].name
            proposal.note(f"団体「{old}」の名称が、すべての窓口で「{name}」に変わります。")
        return Organization(key, name)


def _items(text: str) -> list[str]:
    return [item.strip() for item in text.split(LIST_DELIMITER) if item.strip()]
