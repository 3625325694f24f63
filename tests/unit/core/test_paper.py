"""Words on paper: nothing a person wrote is taken for markup, and its lines stay apart."""

from core import paper


def test_what_a_person_wrote_is_never_markup():
    assert paper.words("<b>Chè & mật</b>") == "&lt;b&gt;Chè &amp; mật&lt;/b&gt;"


def test_lines_stay_apart_and_a_letter_the_font_lacks_is_left_out():
    assert paper.words("Chè 🌿\nmật ong") == "Chè <br/>mật ong"
