"""In which language somebody reads: what they chose, else what their browser asks for, else Dutch (R27)."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import translation
from django.utils.cache import patch_vary_headers

from gemeente.access.http import actor_of

KEPT = "language"
COOKIE_SECONDS = 365 * 24 * 60 * 60


class LanguageMiddleware:
    """Answers in the asker's language.

    A resident's own choice lies in their session, which is read already, so that no page asks the database for it.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        language = _chosen(request)
        with translation.override(language):
            response = self.get_response(request)
        response.headers.setdefault("Content-Language", language)
        patch_vary_headers(response, ("Accept-Language", "Cookie"))
        return response


def _chosen(request: HttpRequest) -> str:
    kept = request.session.get(KEPT, "") if actor_of(request).party else ""
    return kept or translation.get_language_from_request(request)


def is_language(code: str) -> bool:
    """Tell whether the interface speaks this language."""
    return code in dict(settings.LANGUAGES)


def keep_language(request: HttpRequest, language: str) -> None:
    """Let this session speak the language that a resident chose before.

    Dutch is what everybody has who never chose, so it gives way to what was chosen in this browser.
    """
    if is_language(language) and (
        language != settings.LANGUAGE_CODE or not request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME)
    ):
        request.session[KEPT] = language


def choose_language(request: HttpRequest, response: HttpResponse, language: str) -> None:
    """Let this browser speak a language from now on, and the session of a resident too."""
    if actor_of(request).party:
        request.session[KEPT] = language
    response.set_cookie(
        settings.LANGUAGE_COOKIE_NAME,
        language,
        max_age=COOKIE_SECONDS,
        httponly=True,
        samesite="Lax",
        secure=settings.SESSION_COOKIE_SECURE,
    )
