"""Mail in folders on disk, one Maildir for each address: the local mail server fills them, the mailbox reads ours."""

from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

from gemeente.channels.ports import MAIL_AT_MOST, FetchedMail, MailboxUnavailable

SEEN = ":2,S"


def maildir_of(folder: Path, address: str) -> Path:
    """Return the Maildir of an address: without its plus-part, in lower case, and never outside `folder`."""
    local, _, domain = address.lower().rpartition("@")
    return folder / quote(f"{local.partition('+')[0]}@{domain}", safe="@")


class MaildirMailbox:
    """Reads a Maildir. What lies in `new` waits; `keep` moves it to `cur` in one step, so that a crash loses nothing."""

    def __init__(self, folder: str, address: str, at_most: int = MAIL_AT_MOST) -> None:
        self.box = maildir_of(Path(folder), address)
        self.at_most = at_most

    def fetch(self, limit: int) -> Iterator[FetchedMail]:
        """Yield at most `limit` waiting mails, oldest first, each read when it is asked for. Raises MailboxUnavailable."""
        for name in self._waiting()[:limit]:
            try:
                with (self.box / "new" / name).open("rb") as file:
                    raw = file.read(self.at_most + 1)
            except FileNotFoundError:
                continue
            except OSError as wrong:
                raise MailboxUnavailable(type(wrong).__qualname__) from wrong
            yield FetchedMail(uid=name, raw=raw[: self.at_most], cut=len(raw) > self.at_most)

    def keep(self, uid: str) -> None:
        """Move a mail out of what waits; one that is gone is no error. Raises MailboxUnavailable."""
        name = Path(uid).name
        try:
            (self.box / "new" / name).rename(self.box / "cur" / f"{name}{SEEN}")
        except FileNotFoundError:
            return
        except OSError as wrong:
            raise MailboxUnavailable(type(wrong).__qualname__) from wrong

    def close(self) -> None:
        """Nothing is held open."""

    def _waiting(self) -> list[str]:
        try:
            # A name begins with the time of delivery, so the names stand in that order.
            return sorted(path.name for path in (self.box / "new").iterdir())
        except FileNotFoundError:
            return []  # nobody has written to this address yet
        except OSError as wrong:
            raise MailboxUnavailable(type(wrong).__qualname__) from wrong
