"""Under which operating-system user PostgreSQL runs.

PostgreSQL refuses to run as root, because whoever breaks a database must not own the machine. A normal user runs it
himself. For root there are three ways, and this is the one with the least to go wrong on Debian:

- Chosen: the account `daemon`, which Debian keeps for "unprivileged daemons that need to write to files on disk"
  (base-passwd), plus one capability, given by `setpriv` (util-linux, essential on Debian). The files stay where they
  are. PostgreSQL owns its own folder; the capability only lets it walk to that folder and to its programs when they
  lie below a closed one such as /root. That is CAP_DAC_READ_SEARCH; a container often withholds it from root and
  leaves CAP_DAC_OVERRIDE, which then does the same. (The secure bit no_setuid_fixup makes access(2) count capabilities
  too; initdb looks for its programs with that call.) The web server beside it runs as root itself, so nothing is lost;
  and the application is no superuser in the database, so SQL cannot reach for files.
- Rejected: `chmod` on the folders above. It opens somebody's home to everyone, silently and for good.
- Rejected: data and programs in a place of their own (/var/lib). Then a clone leaves things behind when it is deleted,
  two clones meet, and the programs must be copied and kept up to date.

A folder that already belongs to a normal user is served as that user, so `sudo` once does not lock him out.
"""

import os
import pwd
import re
from dataclasses import dataclass
from pathlib import Path

_ACCOUNT = "daemon"
_CAPABILITIES = {"dac_read_search": 2, "dac_override": 1}  # smallest first; numbers from linux/capability.h


@dataclass(frozen=True)
class ServerAccount:
    """The user that PostgreSQL runs as; for a normal user that is himself, and `prefix` is empty."""

    uid: int
    gid: int
    prefix: tuple[str, ...] = ()

    def own(self, path: Path) -> None:
        """Hand a file or folder to this account."""
        os.chown(path, self.uid, self.gid)


def server_account(folder: Path) -> ServerAccount:
    """The account for the database in this folder, which may not exist yet."""
    if os.geteuid() != 0:
        return ServerAccount(os.geteuid(), os.getegid())
    owner = folder.stat().st_uid if folder.exists() else 0
    account = pwd.getpwuid(owner) if owner else pwd.getpwnam(_ACCOUNT)
    return ServerAccount(account.pw_uid, account.pw_gid, _prefix(account))


def _prefix(account: pwd.struct_passwd) -> tuple[str, ...]:
    capabilities = ",".join(["-all", *(f"+{name}" for name in _held_capabilities()[:1])])
    user = (f"--reuid={account.pw_uid}", f"--regid={account.pw_gid}", "--clear-groups")
    rights = (f"--inh-caps={capabilities}", f"--ambient-caps={capabilities}", "--securebits=+no_setuid_fixup")
    return ("setpriv", *user, *rights, "--no-new-privs")


def _held_capabilities() -> list[str]:
    found = re.search(r"^CapEff:\s*([0-9a-f]+)$", Path("/proc/self/status").read_text(), re.MULTILINE)
    held = int(found[1], 16) if found else 0
    return [name for name, bit in _CAPABILITIES.items() if held >> bit & 1]
