"""Bytes become text in the one encoding that fits, or are refused at the byte that does not."""

import pytest

from notice_parser.source import UndecodableError, decode

NOTICE = "云岭市人民政府办公室关于做好防汛工作的通知\n各县人民政府：\n一、加强值守。各单位要落实责任，及时报告。\n"
TRADITIONAL = "雲嶺市人民政府辦公室關於做好防汛工作的通知\n各縣人民政府：\n一、加強值守。各單位要落實責任，及時報告。\n"


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030", "utf-16-le", "utf-16-be"])
def test_an_encoding_is_found(encoding):
    assert decode(NOTICE.encode(encoding)) == (NOTICE, encoding)


def test_big5_is_found():
    assert decode(TRADITIONAL.encode("big5")) == (TRADITIONAL, "big5")


@pytest.mark.parametrize(("encoding", "found"), [("utf-8-sig", "utf-8"), ("utf-16", "utf-16-le")])
def test_a_byte_order_mark_is_no_part_of_the_text(encoding, found):
    assert decode(NOTICE.encode(encoding)) == (NOTICE, found)


def test_a_byte_order_mark_is_dropped_where_the_encoding_is_named():
    assert decode(NOTICE.encode("utf-8-sig"), "utf-8") == (NOTICE, "utf-8")


def test_gbk_is_read_as_its_superset():
    assert decode("〇㐀".encode("gb18030"), "gbk") == ("〇㐀", "gb18030")


def test_ascii_is_utf_8():
    assert decode(b"1. Scope\n") == ("1. Scope\n", "utf-8")


def test_nothing_is_an_empty_text():
    assert decode(b"") == ("", "utf-8")


def refused(data, encoding=None):
    with pytest.raises(UndecodableError) as error:
        decode(data, encoding)
    return error.value


def test_cut_utf_8_is_refused_at_the_cut():
    data = NOTICE.rstrip().encode()[:-1]
    error = refused(data)
    assert error.offset == len(data) - 2
    assert "cut off" in error.reason


def test_cut_gb18030_is_refused_at_the_cut():
    data = NOTICE.rstrip().encode("gb18030")[:-1]
    error = refused(data)
    assert error.offset == len(data) - 1
    assert error.reason == "GB18030 text that is cut off in the middle of a character"


def test_a_foreign_byte_inside_utf_8_is_refused_where_it_stands():
    data = NOTICE.encode()
    assert refused(data[:30] + b"\xff" + data[30:]).offset == 30


def test_binary_data_is_refused_at_its_first_control_byte():
    error = refused(b"ab\x00\x01\x02" * 100)
    assert error.offset == 2
    assert "binary" in error.reason


def test_a_stray_control_character_is_text():
    text = NOTICE * 4 + "\x00"
    assert decode(text.encode()) == (text, "utf-8")


def test_a_named_encoding_that_does_not_fit_is_refused():
    assert refused(NOTICE.encode("gb18030"), "utf-8").offset == 0


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be", "latin-1", "cp437"])
def test_a_named_encoding_that_gives_no_chinese_is_refused(encoding):
    data = (NOTICE * 2).encode()
    assert refused(data + b"\n" * (len(data) % 2), encoding).offset == 0


@pytest.mark.parametrize("encoding", ["latin-1", "utf-16-le"])
@pytest.mark.parametrize("text", ["1. Scope\n", "Règlement général\n1. Généralités à retenir\n"])
def test_a_latin_text_in_its_own_encoding_is_text(text, encoding):
    assert decode(text.encode(encoding), encoding)[0] == text


def test_an_unknown_encoding_is_a_lookup_error():
    with pytest.raises(LookupError):
        decode(b"", "utf-9")
