import pytest

from gemeente.channels.mail.charset import decode

# Names of Python codecs that are no character sets: they decompress, rotate, read escapes, or take quadratic time.
NO_CHARACTER_SETS = [
    "zlib", "bz2", "hex", "base64", "uu", "quopri", "rot13", "unicode_escape", "raw_unicode_escape", "idna", "punycode",
    "utf-7", "unicode-1-1-utf-7", "undefined", "mbcs", "oem", "palmos", "string-escape",
]  # fmt: skip


@pytest.mark.parametrize(
    ("words", "charset"),
    [
        ("Café Zoë", "utf-8"),
        ("Café Zoë", "UTF8"),
        ("Café Zoë", "iso-8859-1"),
        ("Café Zoë", "iso-8859-15"),
        ("Café Zoë", "windows-1252"),
        ("Café Zoë", "macintosh"),
        ("“Café” – €", "windows-1252"),
        ("Zażółć gęślą jaźń", "iso-8859-2"),
        ("Çağrı", "windows-1254"),
        ("Привет", "koi8-r"),
        ("Привіт", "koi8-u"),
        ("Привет", "windows-1251"),
        ("مرحبا", "windows-1256"),
        ("你好", "gb2312"),
        ("你好", "gb18030"),
        ("你好", "big5"),
        ("こんにちは", "iso-2022-jp"),
        ("こんにちは", "shift_jis"),
        ("안녕", "euc-kr"),
        ("สวัสดี", "tis-620"),
        ("Café", "utf-16"),
    ],
)
def test_what_tells_the_truth_is_read(words: str, charset: str) -> None:
    assert decode(words.encode(charset), charset) == (words, True)


def test_without_a_declared_character_set_it_is_ascii() -> None:
    assert decode(b"Hallo", "") == ("Hallo", True)


def test_the_name_may_stand_in_quotes_and_spaces() -> None:
    assert decode("é".encode(), " 'UTF-8' ") == ("é", True)


def test_latin_1_is_windows_1252_in_practice() -> None:
    assert decode(b"\x93Hallo\x94 \x80 5", "iso-8859-1") == ("“Hallo” € 5", True)


@pytest.mark.parametrize("declared", ["us-ascii", "", "windows-1252", "iso-8859-1", "x-unknown", "iso-8859-8-i"])
def test_utf_8_under_another_name_is_still_read(declared: str) -> None:
    assert decode("Zoë’s café".encode(), declared) == ("Zoë’s café", False)


@pytest.mark.parametrize("declared", ["iso-8859-15", "iso-8859-2", "windows-1250", "koi8-r", "macintosh"])
def test_utf_8_is_told_from_other_single_byte_sets_too(declared: str) -> None:
    assert decode("Zoë’s café".encode(), declared) == ("Zoë’s café", False)


@pytest.mark.parametrize("declared", ["utf-8", "us-ascii", "", "utf-16", "iso-2022-jp", "nonsense"])
def test_windows_1252_under_another_name_is_still_read(declared: str) -> None:
    assert decode("Zoë’s café!".encode("cp1252"), declared) == ("Zoë’s café!", False)


@pytest.mark.parametrize("declared", NO_CHARACTER_SETS)
def test_only_real_character_sets_are_used(declared: str) -> None:
    assert decode(b"+ADw-x AA== \\u0041 %41", declared) == ("+ADw-x AA== \\u0041 %41", False)


@pytest.mark.parametrize(
    "declared", ["utf-8\0", "utf-8\nX: y", "é", "a" * 10_000, "../../etc/passwd", "utf_8_sig", "cp"]
)
def test_a_name_that_is_none_raises_nothing(declared: str) -> None:
    assert decode(b"Hallo", declared) == ("Hallo", False)


def test_every_byte_gives_something() -> None:
    text, _ = decode(bytes(range(256)), "utf-8")
    assert len(text) == 256
