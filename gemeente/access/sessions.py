"""Sessions in the database, read with one plain statement: every request of somebody who is logged in begins with it."""

from typing import Any

from django.contrib.sessions.backends import db
from django.db import connection

from gemeente.kernel import clock

_READ = "SELECT session_data FROM django_session WHERE session_key = %s AND expire_date > %s"


class SessionStore(db.SessionStore):
    """Django's own store of sessions; only reading goes past its model, which costs four times as much."""

    def load(self) -> dict[str, Any]:
        """Return what the session holds; an empty one, without its key, when it is over or never was. One statement."""
        with connection.cursor() as cursor:
            cursor.execute(_READ, [self.session_key, clock.now()])
            row = cursor.fetchone()
        if row is None:
            self._session_key = None
            return {}
        return self.decode(row[0])
