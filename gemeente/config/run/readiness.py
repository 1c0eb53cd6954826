import http.client

_ANSWER_SECONDS = 5
_SHOWN_BYTES = 2_000


class Readiness:
    """Whether the website says that it can serve; remembers what it said last."""

    def __init__(self, port: int) -> None:
        self._port = port
        self.last_answer = "De webserver antwoordt nog niet."

    def reached(self) -> bool:
        """Ask /readyz on 127.0.0.1 once; anything but 200 is not ready."""
        connection = http.client.HTTPConnection("127.0.0.1", self._port, timeout=_ANSWER_SECONDS)
        try:
            connection.request("GET", "/readyz")
            response = connection.getresponse()
            self.last_answer = response.read(_SHOWN_BYTES).decode(errors="replace")
        except (OSError, http.client.HTTPException) as error:
            self.last_answer = f"De webserver antwoordt niet ({error})."
            return False
        finally:
            connection.close()
        return response.status == http.HTTPStatus.OK
