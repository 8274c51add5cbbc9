"""Notices to staff, as the product shows them: one's own and those of one's roles, newest first."""

from dataclasses import replace
from heapq import merge
from typing import Final

from shared.domain.ids import NoticeId
from shared.domain.notices import Notice
from shared.domain.principals import Kind, Principal
from shared.domain.queries import NOTICES_OF_ROLE, NOTICES_OF_STAFF
from shared.ports.store import Conflict, NotFound
from shared.records.item_rows import notice_row, read_notice
from shared.records.vault import Vault

_PAGE: Final = 25


class StaffNotices:
    """Reads and marks notices; they hold nothing about a person, so reading them is no disclosure."""

    def __init__(self, vault: Vault) -> None:
        self._store = vault.store
        self._sealing = vault.sealing
        self._clock = vault.clock

    def newest(self, principal: Principal) -> list[Notice]:
        """At most 25 notices for the principal or for a role it holds in its unit, newest first."""
        if principal.kind is not Kind.STAFF or principal.staff is None:
            return []
        own = self._store.query(NOTICES_OF_STAFF, {"staff": principal.staff}, limit=_PAGE)
        by_role = [
            self._store.query(NOTICES_OF_ROLE, {"unit": principal.unit, "role": role.value}, limit=_PAGE)
            for role in sorted(principal.roles)
        ]
        lists = [[read_notice(one) for one in page.documents] for page in (own, *by_role)]
        return list(merge(*lists, key=lambda one: one.at, reverse=True))[:_PAGE]

    def mark_read(self, principal: Principal, id: NoticeId) -> None:
        """The notice is read; a second call does nothing. `NotFound` when it is not the principal's."""
        document = self._store.get("notices", id)
        notice = None if document is None else read_notice(document)
        if notice is None or not _is_for(principal, notice):
            raise NotFound(id)
        if notice.read_at is not None:
            return
        try:
            self._store.commit([notice_row(replace(notice, read_at=self._clock.now())).write(self._sealing)])
        except Conflict:
            return  # a colleague with the same role marked it at the same moment


def _is_for(principal: Principal, notice: Notice) -> bool:
    if principal.staff is not None and notice.staff == principal.staff:
        return True
    return notice.role in principal.roles and notice.unit == principal.unit
