import pytest

from gemeente.channels.mail.clean import FILENAME_AT_MOST, clean_filename, clean_line, clean_text


class TestText:
    @pytest.mark.parametrize("end", ["\r\n", "\r", "\n", "\x0b", "\x0c", "\x85", "\u2028", "\u2029"])
    def test_every_line_end_becomes_the_same(self, end: str) -> None:
        assert clean_text(f"een{end}twee") == "een\ntwee"

    def test_tabs_stay(self) -> None:
        assert clean_text("een\ttwee") == "een\ttwee"

    @pytest.mark.parametrize(
        "unseen", ["\x00", "\x01", "\x08", "\x1b", "\x7f", "\x9f", "\u200b", "\ufeff", "\u202e", "\u2066", "\ud800"]
    )
    def test_what_nobody_sees_goes(self, unseen: str) -> None:
        assert clean_text(f"re{unseen}kening") == "rekening"

    @pytest.mark.parametrize("kept", ["👩‍👧", "می‌خواهم", "é", "e\u0301", "שלום", "🇳🇱", "\u00ad"])
    def test_what_a_language_needs_stays(self, kept: str) -> None:
        assert clean_text(kept) == kept


class TestLine:
    def test_line_ends_and_controls_become_one_space(self) -> None:
        assert clean_line(" Onder\r\n werp:\x00 \u2028 x\t", at_most=50) == "Onder werp: x"

    def test_it_is_composed(self) -> None:
        assert clean_line("Zoe\u0308", at_most=50) == "Zoë"

    def test_it_is_bounded(self) -> None:
        assert clean_line("x" * 1000, at_most=10) == "x" * 10

    def test_it_is_bounded_when_composing_makes_it_longer(self) -> None:
        assert len(clean_line("\ufb2c" * 10, at_most=10)) == 10

    def test_an_empty_one_stays_empty(self) -> None:
        assert clean_line(" \r\n\t\x00", at_most=10) == ""


class TestFilename:
    @pytest.mark.parametrize(
        ("given", "clean"),
        [
            ("foto.jpg", "foto.jpg"),
            ("../../etc/passwd", "passwd"),
            ("C:\\Users\\Hiltje\\foto.jpg", "foto.jpg"),
            ("/foto.jpg", "foto.jpg"),
            ("foto\r\n\x00.jpg", "foto .jpg"),
            ("gpj.\u202eexe", "gpj.exe"),
            ('a<b>c:d"e|f?g*.txt', "a_b_c_d_e_f_g_.txt"),
            ("  .foto.jpg. ", "foto.jpg"),
            ("Foto’s van de stoep (1) – kopie.JPG", "Foto’s van de stoep (1) – kopie.JPG"),
            ("фото.jpg", "фото.jpg"),
            ("bestand", "bestand"),
            ("archief.tar.gz", "archief.tar.gz"),
        ],
    )
    def test_it_is_safe_to_show_and_to_save(self, given: str, clean: str) -> None:
        assert clean_filename(given) == clean

    @pytest.mark.parametrize("given", ["", ".", "..", "...", "/", "\\", "\x00", "../", " . "])
    def test_nothing_is_nothing(self, given: str) -> None:
        assert clean_filename(given) == ""

    def test_a_long_name_keeps_its_extension(self) -> None:
        clean = clean_filename("a" * 5000 + ".pdf")
        assert (len(clean), clean[-6:]) == (FILENAME_AT_MOST, "aa.pdf")

    def test_an_endless_extension_is_none(self) -> None:
        assert len(clean_filename("a." + "b" * 5000)) == FILENAME_AT_MOST
