"""A small programme under the real `run`: a website that answers, two jobs, and words in a journal about what happens.

Run as a script. It takes one word: what `prepare` does ("well" or "badly").
"""

import sys

from gemeente.config.run.run import Programme, run
from gemeente.config.run.supervisor import Child

_PREPARE = """
import os, psycopg, sys
from gemeente.config.run.data_folder import given_secret
psycopg.connect(given_secret(os.environ, "DATABASE_URL"))
sys.exit(sys.argv[1] == "badly")
"""

_WEBSITE = """
import http.server, os
class Handler(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        self.send_response(200 if self.path == "/readyz" else 404)
        self.end_headers()
    def log_message(self, *_): pass
http.server.HTTPServer(("127.0.0.1", int(os.environ["PORT"])), Handler).serve_forever()
"""

# A job that writes down its start, number and end; the helper of the second has left its group.
_JOB = """
import os, pathlib, signal, subprocess, sys, time
def note(word):
    with pathlib.Path(os.environ["JOURNAL"]).open("a") as journal:
        journal.write(f"{sys.argv[1]} {word}\\n")
def end(*_):
    note("end")
    sys.exit()
signal.signal(signal.SIGTERM, end)
helper = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(300)"], start_new_session=sys.argv[1] == "second")
note(os.getpid())
note(f"helper {helper.pid}")
time.sleep(300)
"""


def _job(name: str) -> Child:
    return Child(name, (sys.executable, "-c", _JOB, name))


if __name__ == "__main__":
    sys.exit(
        run(
            Programme(
                prepare=Child("gegevens", (sys.executable, "-c", _PREPARE, sys.argv[1])),
                always=(Child("website", (sys.executable, "-c", _WEBSITE)), _job("first")),
                in_demonstration=(_job("second"),),
            )
        )
    )
