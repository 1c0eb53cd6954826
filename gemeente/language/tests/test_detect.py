from concurrent.futures import ThreadPoolExecutor

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gemeente.language.detect import detect_language
from gemeente.language.voices import voices

CODES = {voice.language for known in voices().values() for voice in known.all}
DUTCH_LETTER = "Geachte heer, u heeft nog niet betaald. Wij verzoeken u het bedrag binnen veertien dagen over te maken."
GERMAN_LETTER = (
    "Sehr geehrter Herr, leider ist eine Anmeldung nicht möglich, da die Wohnung nur eine Ferienwohnung ist."
)


@pytest.mark.parametrize("text", ["", " \n\t", "12-03-2025", "?!", "😀😀", "06-12345678", "\ud800", "9725 AB 12"])
def test_a_text_without_words_is_dutch(text: str) -> None:
    assert detect_language(text) == "nl"


@pytest.mark.parametrize(
    "text", ["grofvuil", "Moi!", "paspoort kwijt wat nu?", "hoi", "DigiD", "help", "zie bijlage", "ok thx"]
)
def test_a_few_words_that_could_be_anything_are_dutch(text: str) -> None:
    assert detect_language(text) == "nl"


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Thanks!", "en"),
        ("food bank", "en"),
        ("Danke", "de"),
        ("teşekkürler", "tr"),
        ("дякую", "uk"),
        ("благодаря", "bg"),
    ],
)
def test_a_word_that_only_one_other_language_has_is_that_language(text: str, language: str) -> None:
    assert detect_language(text) == language


@pytest.mark.parametrize(
    "text",
    [
        "Moi, k bin mien pas kwiet. Wat mout k doun?",
        "t Wotter staait in kelder en t wil nait votlopen",
        "Kuj mij zeggen hoe laat of de balie lös is?",
        "Wij bint nei in Glimmen, waor kunt wij de bak kriegen?",
    ],
)
def test_dialect_of_groningen_and_drenthe_is_dutch(text: str) -> None:
    assert detect_language(text) == "nl"


def test_frisian_is_a_language_of_its_own() -> None:
    assert detect_language("Ik bin myn paspoart kwyt, wat moat ik no dwaan?") == "fy"


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("kunne jullie ff kijke naar de lantarnpaal tis hier pikdonkr", "nl"),
        ("ik niet goed nederlands praten maar ik wil vragen wanneer paspoort klaar", "nl"),
        ("i was wait 3 week and nobody is answer me, when i can get my card", "en"),
        ("kimlik icin randevu almak istiyorum nasil yapabilirim", "tr"),
        ("nie mowie po holendersku prosze o pomoc", "pl"),
        ("toi muon dang ky dia chi moi", "vi"),
    ],
)
def test_typing_errors_and_missing_accents_do_no_harm(text: str, language: str) -> None:
    assert detect_language(text) == language


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("De online tool geeft steeds 'session expired', kunt u mij helpen?", "nl"),
        ("Hi, kan ik morgen langskomen voor mijn rijbewijs?", "nl"),
        ("Hi, I have a question about my inschrijving, can I come to the stadhuis without afspraak?", "en"),
        ("Hola! I'm Marta from Spain, I need to register at the gemeente, gracias!", "en"),
        ("Merhaba, gemeente'den bir mektup geldi, afvalstoffenheffing diyor, ödemem lazım mı?", "tr"),
        ("وصلتني رسالة من gemeente عن afvalstoffenheffing، هل يجب أن أدفع؟", "ar"),
    ],
)
def test_the_main_language_of_a_mixed_message_wins(text: str, language: str) -> None:
    assert detect_language(text) == language


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("J. de Vries lives at Oude Kijk in 't Jatstraat 5 and needs a copy", "en"),
        ("Abdi Hassan Mohamud, geboren te Mogadishu, wil briefadres", "nl"),
        ("Beste, ik ben Ahmed (أحمد), ik wil graag een afspraak.", "nl"),
        ("Korreweg 12", "nl"),
        ("https://www.example.com/citizen/request?lang=en deze link doet het niet", "nl"),
    ],
)
def test_names_streets_and_links_do_not_decide(text: str, language: str) -> None:
    assert detect_language(text) == language


@pytest.mark.parametrize(
    ("text", "language"),
    [
        (f"Can you tell me what this means?\n\n-----Oorspronkelijk bericht-----\nVan: Gemeente\n{DUTCH_LETTER}", "en"),
        (
            f"Klopt het wat hij schrijft?\n\nOn Mon, 3 Mar 2025 Klaus Meyer <k@example.de> wrote:\n> {GERMAN_LETTER}",
            "nl",
        ),
        (f"Is this legal?\n> {DUTCH_LETTER}", "en"),
        (f"看不懂这封信\n> {DUTCH_LETTER}", "zh"),
        (f"请问是什么意思？\nVan: Gemeente\n{DUTCH_LETTER}", "zh"),
        (f"I received “{DUTCH_LETTER}” and I do not understand it", "en"),
        ("Re: Your parking permit application has been received\n\nIk heb nog steeds niks gehoord", "nl"),
        ("Ik wacht nog op antwoord\nKind regards\nThe Student Housing Company of Groningen", "nl"),
    ],
)
def test_what_is_quoted_forwarded_or_signed_does_not_decide(text: str, language: str) -> None:
    assert detect_language(text) == language


def test_a_message_that_is_all_quote_is_judged_by_the_quote() -> None:
    assert detect_language(f"> {GERMAN_LETTER}") == "de"
    assert detect_language(f'"{GERMAN_LETTER}"') == "de"


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("ሓገዝ የድልየኒ ኣሎ", "ti"),
        ("እርዳታ እፈልጋለሁ", "am"),
        ("پاسپورتم را گم کرده‌ام", "fa"),
        ("میرا پاسپورٹ گم ہو گیا ہے", "ur"),
        ("سڵاو، دەمەوێت ناونیشانم بگۆڕم", "ku"),
        ("住所変更の届け出", "ja"),
        ("我想问一下垃圾怎么分类", "zh"),
        ("Изгубио сам пасош, шта да радим?", "sr"),
        ("мені потрібна допомога", "uk"),
        ("мне нужна помощь", "ru"),
    ],
)
def test_languages_that_share_a_script_are_told_apart(text: str, language: str) -> None:
    assert detect_language(text) == language


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("zdravstvuyte, ya poteryal pasport chto mne delat", "ru"),
        ("salam 3alaykom, bghit n3raf fin n9dar n9ayed weldi", "ar"),
        ("salam man passport ma ro gom kardam chikar konam", "fa"),
        ("kalimera, thelo na kleiso rantevou gia tin eggrafi mou", "el"),
    ],
)
def test_another_script_typed_in_latin_letters_is_known(text: str, language: str) -> None:
    assert detect_language(text) == language


def test_letters_of_another_width_or_face_are_read_as_letters() -> None:
    assert detect_language("Ｗｈｅｒｅ ｃａｎ Ｉ ｒｅｇｉｓｔｅｒ") == "en"
    assert detect_language("𝐰𝐡𝐞𝐫𝐞 𝐜𝐚𝐧 𝐈 𝐫𝐞𝐠𝐢𝐬𝐭𝐞𝐫") == "en"


def test_what_follows_the_first_20_000_characters_is_not_read() -> None:
    dutch = "Ik wil graag mijn paspoort verlengen. "
    assert detect_language(dutch * 600 + GERMAN_LETTER * 1000) == "nl"


def test_threads_get_the_same_answers() -> None:
    texts = ["Where is my bike?", "Waar is mijn fiets?", "Wo ist mein Fahrrad?", "Où est mon vélo ?"] * 50
    with ThreadPoolExecutor(8) as pool:
        assert list(pool.map(detect_language, texts)) == ["en", "nl", "de", "fr"] * 50


@given(st.text(max_size=400) | st.text(alphabet=st.characters(), max_size=60))
def test_any_text_has_a_known_language(text: str) -> None:
    assert detect_language(text) in CODES


@given(
    st.lists(
        st.sampled_from([">", '"', "'", "“", "\n", "Van: ", "Re: ", "On a wrote:", "van", "A", "é", "ab", " ", "mvg"])
    )
)
def test_any_form_of_quoting_has_a_known_language(parts: list[str]) -> None:
    assert detect_language("".join(parts)) in CODES
