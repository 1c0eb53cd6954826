import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gemeente.products.matching import CatalogueError, CatalogueRow, ProductMatcher, load_catalogue
from gemeente.products.matching.reading import read
from gemeente.products.matching.words import stem

HEADER = "upl\tplain_name\tplain_name_en\tteam\tnorm_workdays\taudience\tphrases\tphrases_en\tchannels\tphysical_route"
LINE = (
    "paspoort\tPaspoort\tPassport\tburgerzaken\t5\tinwoner\tpas kwijt;!paspoort\tlost passport\tweb;desk\tAan de balie."
)


def row(upl: str, name: str, name_en: str, phrases: str, phrases_en: str) -> CatalogueRow:
    return CatalogueRow(
        upl=upl,
        plain_name=name,
        plain_name_en=name_en,
        team="kcc",
        norm_workdays=5,
        audience="inwoner",
        phrases=tuple(phrases.split(";")),
        phrases_en=tuple(phrases_en.split(";")),
        channels=("web",),
        physical_route="Aan de balie.",
    )


ROWS = (
    row("paspoort", "Paspoort", "Passport", "!paspoort;pas verlopen;-tweede paspoort", "passport;lost passport"),
    row("paspoort tweede", "Tweede paspoort", "Second passport", "!tweede paspoort", "second passport"),
    row(
        "parkeervergunning",
        "Parkeervergunning",
        "Parking permit",
        "parkeervergunning;bezoek parkeren",
        "parking permit",
    ),
    row("afvalcontainer", "Afvalbak", "Bin", "kliko kapot;nieuwe container;vuilnisbak", "new bin;bin stolen"),
    row(
        "huishoudelijk afvalinzameling",
        "Huisvuil",
        "Garbage",
        "!afval niet opgehaald;container vol",
        "garbage not collected",
    ),
    row("verhuismelding", "Verhuizing", "Moving house", "verhuizen;verhuisd;nieuw adres", "move;change of address"),
    row("woonwagenstandplaats", "Woonwagenplek", "Caravan site", "woonwagen", "travellers site"),
    row("huwelijksaangifte", "Trouwen", "Getting married", "trouwen;bruiloft", "get married;wedding"),
)


@pytest.fixture(scope="module")
def matcher() -> ProductMatcher:
    return ProductMatcher(ROWS)


def best(matcher: ProductMatcher, text: str, language: str = "nl") -> str:
    return next((match.upl for match in matcher.match(text, language)), "")


@pytest.mark.parametrize(
    ("text", "upl"),
    [
        ("mijn paspoord is weg", "paspoort"),
        ("ik ga verhuisen naar Beijum", "verhuismelding"),
        ("parkeervergunnig voor mijn auto", "parkeervergunning"),
        ("kan ik een parkeer vergunning krijgen", "parkeervergunning"),
        ("parkeervergunningen aanvragen", "parkeervergunning"),
        ("ik wil een vergunning om te parkeren", "parkeervergunning"),
        ("de vuilcontainer is vol", "huishoudelijk afvalinzameling"),
        ("onze kliko's zijn kapot", "afvalcontainer"),
        ("wij zijn vorige week verhuisd", "verhuismelding"),
    ],
)
def test_finds_misspelt_inflected_and_compound_words(matcher: ProductMatcher, text: str, upl: str) -> None:
    assert best(matcher, text) == upl


def test_shows_the_residents_own_words_as_reason(matcher: ProductMatcher) -> None:
    assert matcher.match("Mijn Paspoord is weg", "nl")[0].words == ("paspoord",)


def test_a_decisive_phrase_wins_from_many_other_words(matcher: ProductMatcher) -> None:
    text = "Door mijn verhuizing naar een nieuw adres en de bruiloft is mijn afval niet opgehaald"
    assert best(matcher, text) == "huishoudelijk afvalinzameling"


def test_a_negative_phrase_lowers_the_product(matcher: ProductMatcher) -> None:
    assert best(matcher, "ik heb een tweede paspoort nodig") == "paspoort tweede"


def test_words_far_apart_count_less_than_words_together(matcher: ProductMatcher) -> None:
    together = matcher.match("de kliko is kapot", "nl")[0].score
    apart = matcher.match(f"de kliko staat buiten. {'Het regent hier de hele dag. ' * 9} Mijn bril is kapot", "nl")[
        0
    ].score
    assert apart < together


@pytest.mark.parametrize(
    ("text", "language", "upl"),
    [
        ("I lost my passport on the train", "en", "paspoort"),
        ("We are moving to another street", "en", "verhuismelding"),
        ("Zgubiłem paszport", "pl", "paspoort"),
        ("Pasaportumu kaybettim", "tr", "paspoort"),
        ("فقدت جواز السفر", "ar", "paspoort"),
        ("Я переехал в Гронинген", "ru", "verhuismelding"),
        ("Wir möchten heiraten", "de", "huwelijksaangifte"),
        ("ፓስፖርተይ ጠፊኡኒ", "ti", "paspoort"),
        ("می‌خواهم ازدواج کنم", "fa", "huwelijksaangifte"),
        ("k bin verhoesd noar Beijum", "nl", "verhuismelding"),
    ],
)
def test_understands_other_languages_and_dialect(matcher: ProductMatcher, text: str, language: str, upl: str) -> None:
    assert best(matcher, text, language) == upl


@pytest.mark.parametrize("text", ["", " \n ", "Bedankt en een fijne dag!", "????", "12345", "Groeten, Jan"])
def test_nothing_fits_when_nothing_is_asked(matcher: ProductMatcher, text: str) -> None:
    assert matcher.match(text, "nl") == ()


def test_quoted_history_and_signature_do_not_count(matcher: ProductMatcher) -> None:
    text = "Beste Trouwen BV,\nMijn paspoort is weg.\nMet vriendelijke groet,\nBruiloft Trouwen\n> ik ga verhuizen"
    assert [match.upl for match in matcher.match(text, "nl")][:1] == ["paspoort"]
    assert "verhuismelding" not in {match.upl for match in matcher.match(text, "nl")}


def test_a_question_weighs_more_than_a_remark() -> None:
    remark, question = read("Eerst iets. Dan nog wat. Het regent vandaag. Waar haal ik een pas?")[2:]
    assert question.weight > remark.weight


@pytest.mark.parametrize("text", ["mijn paspoort en parkeervergunning zijn verhuisd. ", "kliko", "x1", ">", "groet\n"])
def test_a_megabyte_is_read_within_its_bound(matcher: ProductMatcher, text: str) -> None:
    start = time.perf_counter()
    assert len(matcher.match(text * (1_000_000 // len(text)), "nl")) <= 3
    assert time.perf_counter() - start < 2


def test_what_stands_after_the_bound_is_not_read(matcher: ProductMatcher) -> None:
    assert matcher.match("x " * 10_000 + "paspoort", "nl") == ()


@given(text=st.text(max_size=400), language=st.sampled_from(["nl", "en", "ar", "ti", "xx", ""]))
def test_never_raises_and_keeps_its_limits(text: str, language: str) -> None:
    found = SHARED.match(text, language, limit=2)
    assert len(found) <= 2
    assert [match.score for match in found] == sorted((match.score for match in found), reverse=True)


def test_the_same_words_give_the_same_outcome(matcher: ProductMatcher) -> None:
    text = "kliko kapot, pas verlopen, verhuizen, parkeervergunning"
    assert matcher.match(text, "nl") == ProductMatcher(ROWS).match(text, "nl")


def test_equal_scores_keep_the_order_of_the_catalogue() -> None:
    twins = [row(name, "Wafelijzer", "Waffle iron", "wafelijzer", "waffle iron") for name in ("eerste", "ander")]
    assert [match.upl for match in ProductMatcher(twins).match("een wafelijzer", "nl")] == ["eerste", "ander"]


@pytest.mark.parametrize(
    "words",
    [
        ("verhuizen", "verhuisd", "verhuist", "verhuizing"),
        ("parkeren", "parkeert", "geparkeerd", "parkeer"),
        ("boom", "bomen", "boompje", "boompjes"),
        ("kappen", "gekapt", "kap"),
        ("kind", "kinderen"),
        ("container", "containers"),
        ("trouwen", "getrouwd", "trouw"),
    ],
)
def test_inflections_share_a_stem(words: tuple[str, ...]) -> None:
    assert len({stem(word) for word in words}) == 1


def write(folder: Path, *lines: str) -> Path:
    file = folder / "catalogue-a.tsv"
    file.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return file


def test_reads_a_catalogue_file(tmp_path: Path) -> None:
    (product,) = load_catalogue([write(tmp_path, HEADER, LINE)])
    assert (product.upl, product.norm_workdays, product.phrases) == ("paspoort", 5, ("pas kwijt", "!paspoort"))
    assert product.channels == ("web", "desk")


@pytest.mark.parametrize(
    ("lines", "line", "column"),
    [
        ((HEADER.replace("team", "ploeg"), LINE), 1, "team"),
        ((HEADER, LINE.replace("\t5\t", "\tvijf\t")), 2, "norm_workdays"),
        ((HEADER, LINE.replace("\t5\t", "\t61\t")), 2, "norm_workdays"),
        ((HEADER, LINE.replace("Aan de balie.", "")), 2, "physical_route"),
        ((HEADER, LINE.removesuffix("\tAan de balie.")), 2, "channels"),
        ((HEADER, LINE, LINE), 3, "upl"),
    ],
)
def test_an_error_names_file_line_and_column(tmp_path: Path, lines: tuple[str, ...], line: int, column: str) -> None:
    with pytest.raises(CatalogueError, match=f"catalogue-a.tsv, regel {line}, kolom {column}"):
        load_catalogue([write(tmp_path, *lines)])


SHARED = ProductMatcher(ROWS)
