"""A real Dovecot of our own: its own process, ports, folder and configuration; every name is an account."""

import grp
import os
import pwd
import shutil
import signal
import socket
import subprocess
import tempfile
from contextlib import suppress
from pathlib import Path
from typing import Self

from imapclient import IMAPClient

from gemeente.adapters.tests.certificate import make_certificate
from gemeente.config.run.tests.waiting import wait_for

PASSWORD = "geheim"
_CONFIGURATION = """
protocols = imap
listen = 127.0.0.1
base_dir = {folder}/run
state_dir = {folder}/state
log_path = {folder}/log
default_internal_user = {user}
default_internal_group = {group}
default_login_user = {user}
first_valid_uid = 1
ssl = yes
service imap-login {{
  chroot =
  inet_listener imap {{
    port = {port}
  }}
  inet_listener imaps {{
    port = {sealed_port}
    ssl = yes
  }}
}}
service anvil {{
  chroot =
}}
service stats {{
  chroot =
}}
"""
_OF_2_3 = """
ssl_cert = <{certificate}
ssl_key = <{key}
disable_plaintext_auth = no
mail_location = maildir:{folder}/mail/%u
passdb {{
  driver = static
  args = password={password}
}}
userdb {{
  driver = static
  args = uid={user} gid={group} home={folder}/mail/%u
}}
"""
_OF_2_4 = """
ssl_server_cert_file = {certificate}
ssl_server_key_file = {key}
auth_allow_cleartext = yes
mail_driver = maildir
mail_path = {folder}/mail/%{{user}}
passdb static {{
  password = {password}
}}
userdb static {{
  fields {{
    uid = {user}
    gid = {group}
    home = {folder}/mail/%{{user}}
  }}
}}
"""
_VERSIONS = "dovecot_config_version = 2.4.0\ndovecot_storage_version = 2.4.0\n"


class Dovecot:
    """Runs from `with` to its end. As root it works as `nobody`, because Dovecot opens no mail as root.

    `more` is added to its configuration. Any name with PASSWORD is an account, whose mail lies in `mail/<name>`.
    """

    def __init__(self, more: str = "") -> None:
        self.more = more
        self.account = pwd.getpwnam("nobody") if os.getuid() == 0 else pwd.getpwuid(os.getuid())
        self.command = shutil.which("dovecot", path=f"{os.environ['PATH']}:/usr/sbin") or ""
        assert self.command, "Dovecot is needed: apt-get install dovecot-imapd"

    def __enter__(self) -> Self:
        # Not in pytest's own folder: that one is shut for everybody but its owner.
        self.folder = Path(tempfile.mkdtemp(prefix="dovecot-"))
        self.port, self.sealed_port = _free_ports()
        self.certificate = make_certificate(self.folder)
        self._configure()
        for path in (self.folder, *self.folder.iterdir()):
            os.chown(path, self.account.pw_uid, self.account.pw_gid)
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()
        shutil.rmtree(self.folder)

    def _configure(self) -> None:
        version = subprocess.run([self.command, "--version"], check=True, capture_output=True, text=True).stdout
        template = _CONFIGURATION + _OF_2_3 if version.startswith("2.3") else _VERSIONS + _CONFIGURATION + _OF_2_4
        text = template.format(
            folder=self.folder,
            user=self.account.pw_name,
            group=grp.getgrgid(self.account.pw_gid).gr_name,
            certificate=self.certificate.public,
            key=self.certificate.key,
            password=PASSWORD,
            port=self.port,
            sealed_port=self.sealed_port,
        )
        (self.folder / "dovecot.conf").write_text(f"{text}\n{self.more}\n")

    def start(self) -> None:
        self.process = subprocess.Popen(
            [self.command, "-F", "-c", str(self.folder / "dovecot.conf")],
            user=self.account.pw_uid if os.getuid() == 0 else None,
            group=self.account.pw_gid if os.getuid() == 0 else None,
            extra_groups=[] if os.getuid() == 0 else None,
            start_new_session=True,
            cwd="/",
        )
        wait_for(self._listens)

    def stop(self) -> None:
        # Its children outlive it a while when they still serve somebody.
        self.process.terminate()
        self.process.wait(20)
        with suppress(ProcessLookupError):
            os.killpg(self.process.pid, signal.SIGKILL)

    def freeze(self) -> None:
        """Let every process of the server hang, with its connections open."""
        os.killpg(self.process.pid, signal.SIGSTOP)

    def thaw(self) -> None:
        os.killpg(self.process.pid, signal.SIGCONT)

    def _listens(self) -> bool:
        assert self.process.poll() is None, (self.folder / "log").read_text()
        with socket.socket() as asked:
            return asked.connect_ex(("127.0.0.1", self.port)) == 0

    def client(self, account: str) -> IMAPClient:
        """Return a connection of somebody else to this account."""
        client = IMAPClient("127.0.0.1", self.port, ssl=False, timeout=20)
        client.login(account, PASSWORD)
        return client


def _free_ports() -> tuple[int, int]:
    with socket.socket() as one, socket.socket() as other:
        one.bind(("127.0.0.1", 0))
        other.bind(("127.0.0.1", 0))
        return one.getsockname()[1], other.getsockname()[1]
