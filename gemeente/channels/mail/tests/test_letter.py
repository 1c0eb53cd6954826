"""Our words as HTML: what a person typed can never become markup."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gemeente.channels.mail.letter import as_html
from gemeente.channels.mail.tests.test_markup import HOSTILE, Found

OURS = {"html", "head", "meta", "title", "body", "div", "p", "br", "ul", "li", "a"}


def body(text: str) -> str:
    page = as_html(text, title="Uw vraag", language="nl")
    found = re.search(r'<div style="[^"]*">\n(.*)\n</div>', page, re.DOTALL)
    assert found
    return found[1]


def assert_harmless(page: str) -> None:
    found = Found(page)
    assert found.tags <= OURS
    assert {name for _, name in found.attributes} <= {"lang", "dir", "charset", "name", "content", "style", "href"}
    assert all(link.startswith(("https://", "mailto:", "tel:")) for link in found.links)


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("een", "<p>een</p>"),
        ("een\n\ntwee", "<p>een</p>\n<p>twee</p>"),
        ("een\n \t\n\n\ntwee", "<p>een</p>\n<p>twee</p>"),
        ("een\ntwee", "<p>een<br>twee</p>"),
        ("- een\n- twee", "<ul><li>een</li><li>twee</li></ul>"),
        ("Neem mee:\n- uw pas\n• een foto", "<p>Neem mee:</p><ul><li>uw pas</li><li>een foto</li></ul>"),
        ("- een\ngewoon", "<p>- een<br>gewoon</p>"),
        ("-een", "<p>-een</p>"),
        ("1 < 2 & “x”", "<p>1 &lt; 2 &amp; “x”</p>"),
        ("", ""),
    ],
)
def test_paragraphs_and_lists(text: str, html: str) -> None:
    assert body(text) == html


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("Zie https://voorbeeld.nl/a?b=1&c=2.", 'Zie <a href="https://voorbeeld.nl/a?b=1&amp;c=2">https://voorbeeld.nl/a?b=1&amp;c=2</a>.'),
        ("Bel tel:14050!", 'Bel <a href="tel:14050">14050</a>!'),
        ("(mailto:a@voorbeeld.nl)", '(<a href="mailto:a@voorbeeld.nl">a@voorbeeld.nl</a>)'),
        ("Mail a.b+c@voorbeeld.nl, of bel.", 'Mail <a href="mailto:a.b+c@voorbeeld.nl">a.b+c@voorbeeld.nl</a>, of bel.'),
        ("http://voorbeeld.nl", "http://voorbeeld.nl"),
        ("javascript:alert(1)", "javascript:alert(1)"),
        ("a@b", "a@b"),
        ("“https://voorbeeld.nl/”", '“<a href="https://voorbeeld.nl/">https://voorbeeld.nl/</a>”'),
    ],
)  # fmt: skip
def test_links(text: str, html: str) -> None:
    assert body(text) == f"<p>{html}</p>"


@pytest.mark.parametrize(
    "hostile", [*HOSTILE, 'https://x.example/"onclick=alert(1)', "https://x.example/<script>", "tel:<b>"]
)
def test_what_a_person_typed_never_becomes_markup(hostile: str) -> None:
    assert_harmless(as_html(f"Beste,\n\n{hostile}\n- {hostile}", title=hostile, language="nl"))


@given(st.text(max_size=200), st.text(max_size=50))
@settings(max_examples=200)
def test_any_text_is_harmless(text: str, title: str) -> None:
    assert_harmless(as_html(text, title=title, language="nl"))


def test_it_loads_nothing_from_elsewhere() -> None:
    page = as_html("Hallo", title="x", language="nl")
    assert not re.search(r"src=|url\(|@import|<link|http:", page)


@pytest.mark.parametrize(("language", "direction"), [("nl", "ltr"), ("en", "ltr"), ("ar", "rtl"), ("fa-AF", "rtl")])
def test_it_says_its_language_and_direction(language: str, direction: str) -> None:
    assert f'<html lang="{language}" dir="{direction}">' in as_html("x", title="x", language=language)
