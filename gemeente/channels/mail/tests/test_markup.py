"""HTML of a mail: as text for people and rules, and as HTML that is safe in our own pages."""

import re
from html.parser import HTMLParser

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gemeente.channels.mail.markup import HTML_AT_MOST, readable, safe

ALLOWED_TAGS = {"p", "div", "h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "li", "blockquote", "pre"}
ALLOWED_TAGS |= {"b", "strong", "i", "em", "u", "a", "br"}
HOSTILE = [
    "<script>alert(1)</script>",
    "<scr<script>ipt>alert(1)</script>",
    "<SCRIPT SRC=//x.example></SCRIPT>",
    "<img src=x onerror=alert(1)>",
    "<svg onload=alert(1)><script>alert(1)</script></svg>",
    "<math><mi xlink:href='javascript:alert(1)'>x</mi></math>",
    "<a href='javascript:alert(1)'>x</a>",
    "<a href='JaVaScRiPt:alert(1)'>x</a>",
    "<a href='java\tscript:alert(1)'>x</a>",
    "<a href='&#106;avascript:alert(1)'>x</a>",
    "<a href='&#x6A;&#x61;vascript&colon;alert(1)'>x</a>",
    "<a href=' javascript:alert(1)'>x</a>",
    "<a href='data:text/html,<script>alert(1)</script>'>x</a>",
    "<a href='vbscript:x'>x</a>",
    "<a href='//x.example'>x</a>",
    "<a href=\"https://x.example\" onclick=\"alert(1)\" style=\"x\" target=_blank>x</a>",
    "<a href='https://x.example\" onmouseover=\"alert(1)'>x</a>",
    "<iframe src='https://x.example'></iframe>",
    "<object data=x></object><embed src=x>",
    "<form action='https://x.example'><input name=wachtwoord><button>Log in</button></form>",
    "<style>*{background:url(https://x.example)}</style>",
    "<p style='position:fixed;background:url(https://x.example)'>x</p>",
    "<base href='https://x.example'><link rel=stylesheet href=x><meta http-equiv=refresh content='0;url=x'>",
    "<!--[if mso]><script>alert(1)</script><![endif]-->",
    "<!-- --!><script>alert(1)</script> -->",
    "<![CDATA[<script>alert(1)</script>]]>",
    "<title></title><script>alert(1)</script>",
    "<noscript><p title='</noscript><script>alert(1)</script>'>",
    "<textarea></textarea><script>alert(1)</script>",
    "<p title='><script>alert(1)</script>'>x",
    "<p title=\"a>b\" onclick='x'>x</p>",
    "<<p>script>alert(1)<</p>/script>",
    "&lt;script&gt;alert(1)&lt;/script&gt;",
    "<x" + " a=b" * 1000 + "><script>alert(1)</script>",
    "<table background='javascript:alert(1)'><tr><td>x</td></tr></table>",
    "<a href='https://x.example/?a=1&b=2'>x</a>",
    "<button formaction='javascript:alert(1)'>x</button>",
    "\x00<script\x00>alert(1)</script\x00>",
]  # fmt: skip


class Found(HTMLParser):
    """Reads HTML as a browser does, and remembers every tag and attribute."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: set[str] = set()
        self.attributes: set[tuple[str, str]] = set()
        self.links: list[str] = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.attributes |= {(tag, name) for name, _ in attrs}
        self.links += [value or "" for name, value in attrs if name == "href"]


def assert_harmless(html: str) -> None:
    found = Found(html)
    assert found.tags <= ALLOWED_TAGS
    assert found.attributes <= {("a", "href"), ("a", "rel")}
    assert all(re.match(r"(https?|mailto|tel):", link) for link in found.links), found.links


class TestSafe:
    @pytest.mark.parametrize("html", HOSTILE)
    def test_nothing_that_acts_or_loads_comes_through(self, html: str) -> None:
        assert_harmless(safe(html))
        assert_harmless(safe(f"<p>Hallo</p>{html}<p>Dag</p>"))

    @given(
        st.lists(
            st.sampled_from([*HOSTILE, "<p>", "</p>", "<b>", "</a>", "<", ">", "'", '"', "x", "<li>", "&"]), max_size=12
        )
    )
    @settings(max_examples=300)
    def test_nothing_comes_through_in_any_row_of_pieces(self, pieces: list[str]) -> None:
        html = safe("".join(pieces))
        assert_harmless(html)
        assert safe(html) == html

    def test_what_people_use_stays(self) -> None:
        html = "<p>Mijn <b>traplift</b> <i>doet</i> <u>het</u> niet.</p><ul><li>een</li><li>twee</li></ul><h2>Kop</h2>"
        assert safe(html) == html

    def test_a_link_is_shown_and_says_nothing_of_us(self) -> None:
        assert safe('<a href="https://voorbeeld.nl/a?b=1&amp;c=2" class=x>hier</a>') == (
            '<a href="https://voorbeeld.nl/a?b=1&amp;c=2" rel="noopener noreferrer nofollow">hier</a>'
        )

    def test_words_that_look_like_tags_stay_words(self) -> None:
        assert safe("<p>1 &lt; 2 &amp; 3 &gt; 2</p>") == "<p>1 &lt; 2 &amp; 3 &gt; 2</p>"

    def test_rows_of_a_table_stand_below_each_other(self) -> None:
        assert (
            safe("<table><tr><td>een</td><td>twee</td></tr><tr><td>drie</td></tr></table>") == "<br> een twee<br> drie"
        )

    def test_crossed_formatting_does_not_grow(self) -> None:
        # What a browser repairs by copying each open tag into every block: 60 kB would become hundreds of megabytes.
        html = "".join(f"<b><i><u><a href=https://x.example/{number}>" for number in range(1000)) + "<p>x" * 1000
        assert len(safe(html)) < 20 * len(html)

    @pytest.mark.parametrize(
        "piece", ["<", "<a ", "<!--", "<p>", "<b>", "&", "<table><tr><td>", "<a href='", "<blockquote>", "<div>"]
    )
    def test_a_megabyte_of_one_piece_ends(self, piece: str) -> None:
        assert_harmless(safe(piece * (HTML_AT_MOST // len(piece))))


class TestReadable:
    @pytest.mark.parametrize(
        ("html", "text"),
        [
            ("<p>een</p><p>twee</p>", "een\n\ntwee"),
            ("<div>een</div><div>twee</div>", "een\ntwee"),
            ("een<br>twee<br/>drie", "een\ntwee\ndrie"),
            ("<ul><li>een</li><li>twee</li></ul>", "- een\n- twee"),
            ("<blockquote>eerder<br>gezegd</blockquote>nu", "> eerder\n> gezegd\n\nnu"),
            ("<blockquote><blockquote>oud</blockquote></blockquote>", "> > oud"),
            ("<table><tr><td>een</td><td>twee</td></tr><tr><td>drie</td></tr></table>", "een twee\ndrie"),
            ("<pre>een\n  twee</pre>", "een\n  twee"),
            ("  een \n\t twee&nbsp;drie ", "een twee drie"),
            ("Zo&euml; &amp; No&#235; &lt;3", "Zoë & Noë <3"),
            ("een<script>alert(1)</script> <style>p{}</style>twee", "een twee"),
            ("<title>titel</title><p>een</p>", "een"),
            ("een <!-- twee --> drie", "een drie"),
            ("1 < 2 en 3 > 2", "1 < 2 en 3 > 2"),
            ("<p>een", "een"),
            ("", ""),
        ],
    )
    def test_it_reads_as_people_read(self, html: str, text: str) -> None:
        assert readable(html).strip("\n").removesuffix("\n> ") == text

    @pytest.mark.parametrize(
        ("html", "text"),
        [
            ('<a href="https://voorbeeld.nl/stoep">dit formulier</a>', "dit formulier (https://voorbeeld.nl/stoep)"),
            ('<a href="https://voorbeeld.nl">voorbeeld.nl</a>', "voorbeeld.nl"),
            ('<a href="mailto:a@voorbeeld.nl">a@voorbeeld.nl</a>', "a@voorbeeld.nl"),
            ('<a href="tel:14050">Bel ons</a>', "Bel ons (14050)"),
            ('<a href="javascript:x">klik</a>', "klik"),
            ('<a href="https://voorbeeld.nl"></a>x', "x"),
            ('<a href="https://voorbeeld.nl/' + "x" * 500 + '">lang</a>', "lang"),
            ("<a>geen link</a>", "geen link"),
        ],
    )
    def test_a_link_shows_where_it_goes(self, html: str, text: str) -> None:
        assert readable(html) == text

    def test_what_is_hidden_is_not_read(self) -> None:
        preheader = '<div style="display:none">Bekijk online<div>x</div></div><p>Mijn vraag</p>'
        assert readable(preheader).strip() == "Mijn vraag"

    def test_what_hides_without_an_end_hides_nothing(self) -> None:
        assert "Mijn vraag" in readable('<div style="display:none"><p>Mijn vraag</p>')

    def test_outlook(self) -> None:
        html = (
            "<html xmlns:o=x><head><style><!-- p.MsoNormal {margin:0} --></style>"
            "<!--[if gte mso 9]><xml></xml><![endif]--></head><body><div class=WordSection1>"
            "<p class=MsoNormal>Beste gemeente,<o:p></o:p></p><p class=MsoNormal><o:p>&nbsp;</o:p></p>"
            "<p class=MsoNormal>Mijn traplift doet het niet.<o:p></o:p></p></div></body></html>"
        )
        assert readable(html).strip().split("\n") == ["Beste gemeente,", "", "Mijn traplift doet het niet."]

    @pytest.mark.parametrize(
        "piece",
        [
            "<", "</", "<a ", "<a href='", "<!--", "<p>", "<pre> <p>", "<table><tr><td>", "<td>", "<blockquote>", "<li>",
            "&#", "<b>", "<script>", "<div style='display:none'>",
        ],
    )  # fmt: skip
    def test_a_megabyte_of_one_piece_ends(self, piece: str) -> None:
        assert isinstance(readable(piece * (HTML_AT_MOST // len(piece))), str)

    @given(st.text(alphabet="<>/ab p=\"'&;#!-\n\0", max_size=300))
    @settings(max_examples=300)
    def test_any_text_gives_an_answer(self, html: str) -> None:
        readable(html)
        assert_harmless(safe(html))
