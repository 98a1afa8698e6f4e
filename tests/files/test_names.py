"""What a file is called: cleaned, cut, never a path, never promising what the content is not."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jingwei.files import names


@pytest.mark.parametrize(("typed", "kept", "gloss"), [
    ("路面破损.jpg", "路面破损.jpg", "as typed"),
    ("IMG_0001.JPG", "IMG_0001.JPG", "capitals stay"),
    ("../../x", "x", "no way up"),
    ("..\\..\\windows\\x.jpg", "x.jpg", "nor up the other way"),
    ("/etc/passwd", "passwd", "no way from the root"),
    ("C:\\照片\\a.jpg", "a.jpg", "old browsers send whole paths"),
    ("..", "", "dots alone are a folder"),
    (". . .", "", "even with spaces"),
    ("dir/", "", "a folder is no name"),
    ("a\x00b.jpg", "ab.jpg", "NUL, which no database takes"),
    ("a\r\nSet-Cookie: x.jpg", "aSet-Cookie: x.jpg", "no second header"),
    ("\x1b[31mred\x7f.jpg", "[31mred.jpg", "no terminal colours"),
    ("report\u202egpj.exe", "reportgpj.exe", "no turned reading direction"),
    ("\u2066a\u2069\u200f\ufeff.jpg", "a.jpg", "nor any other unseen sign"),
    ("  a \t  b.jpg ", "a b.jpg", "spaces once"),
    ("半\ud800张.jpg", "半张.jpg", "half a character"),
    ("𠮷野家.jpg", "𠮷野家.jpg", "characters beyond 16 bits stay"),
    ("👨\u200d👩\u200d👧.png", "👨\u200d👩\u200d👧.png", "joiners belong to the signs they join"),
    ("", "", "nothing stays nothing"),
])
def test_it_cleans_names(typed, kept, gloss):
    assert names.clean(typed) == kept, gloss


def test_it_cuts_a_long_name_and_leaves_its_ending():
    assert names.clean("长" * 5000 + ".jpg") == "长" * 116 + ".jpg"
    assert names.clean("长" * 5000) == "长" * 120
    assert names.clean("a." + "b" * 5000) == "a." + "b" * 118


@given(st.text(max_size=300))
def test_a_clean_name_is_short_stays_clean_and_can_be_stored(typed):
    kept = names.clean(typed)
    assert len(kept) <= names.LONGEST
    assert names.clean(kept) == kept
    assert not set(kept) & set("/\\\x00\r\n\u202e")
    kept.encode()


@pytest.mark.parametrize(("name", "media_type", "given_out"), [
    ("a.jpg", "image/jpeg", "a.jpg"),
    ("a.JPEG", "image/jpeg", "a.JPEG"),
    ("a.png", "image/jpeg", "a.jpg"),
    ("a.jpg", "image/png", "a.png"),
    ("photo.exe", "image/jpeg", "photo.exe.jpg"),
    ("通知", "application/pdf", "通知.pdf"),
    ("通知.html", "text/plain", "通知.html.txt"),
    ("", "image/jpeg", "照片.jpg"),
    ("", "application/pdf", "附件.pdf"),
    (".png", "image/jpeg", "照片.jpg"),
    ("x.pdf", "application/unknown", "x.pdf.bin"),
])
def test_a_name_handed_out_ends_as_its_content_does(name, media_type, given_out):
    assert names.fitting(name, media_type) == given_out


@pytest.mark.parametrize(("name", "promised"), [
    ("a.jpg", True), ("A.JPEG", True), ("a.heic", True), ("a.svg", True), ("a.jpg. .", True), ("a.pdf", False),
    ("jpg", False), ("a.jpg.txt", False), ("", False)])
def test_it_knows_what_an_ending_promises(name, promised):
    assert names.called_a_picture(name) is promised
