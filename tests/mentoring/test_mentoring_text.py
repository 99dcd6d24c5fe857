"""What people type: cleaned once, the same every time, with real names left as they are."""

import unicodedata

import pytest
import regex
from hypothesis import given
from hypothesis import strategies as st

from bot.mentoring.errors import BadInput, Problem
from bot.mentoring.text import NAME_LIMIT, TOPIC_LIMIT, checked, clean, length, shortened
from tests.hostile import hostile

NASTY = st.text(
    st.one_of(
        st.characters(),
        st.sampled_from(
            "a e\u0301\u0302\u0327\u200c\u200d\u202e\u2066\ufe0f\U0001f469\U0001f467\n\t\r\u2028"
        ),
        st.sampled_from("\u1100\u1161\u11a8\u3164\u0958\u0344\U000e0067\ue000\U0010ffff\ud83d\x00\x85"),
    )
)
FORBIDDEN = regex.compile(r"[\p{Cc}\p{Cs}\p{Co}\p{Bidi_Control}]")
PILE = regex.compile(r"\p{M}{3}")


@given(NASTY)
def test_cleaning_twice_is_cleaning_once(typed: str) -> None:
    assert clean(clean(typed)) == clean(typed)
    assert clean(clean(typed, lines=True), lines=True) == clean(typed, lines=True)


@given(NASTY)
def test_no_control_override_surrogate_or_private_character_stays(typed: str) -> None:
    assert not FORBIDDEN.search(clean(typed))
    assert not FORBIDDEN.search(clean(typed, lines=True).replace("\n", ""))


@given(NASTY)
def test_a_base_carries_at_most_two_marks(typed: str) -> None:
    assert not PILE.search(clean(typed))


@given(NASTY)
def test_what_is_kept_is_composed_and_folded(typed: str) -> None:
    text = clean(typed)
    assert text == unicodedata.normalize("NFC", text)
    assert text == " ".join(text.split())


@given(NASTY)
def test_line_breaks_stay_only_where_they_may(typed: str) -> None:
    assert "\n" not in clean(typed)
    assert all(line == line.strip() for line in clean(typed, lines=True).split("\n"))


@given(NASTY, st.integers(1, 30))
def test_what_is_shortened_ends_with_a_whole_grapheme(typed: str, limit: int) -> None:
    text = clean(typed)
    short = shortened(text, limit)
    assert length(short) <= limit
    assert short == text or regex.findall(r"\X", text)[: limit - 1] == regex.findall(r"\X", short)[:-1]


@given(NASTY, st.integers(1, 40))
def test_what_is_checked_fits_or_is_refused_by_its_field(typed: str, limit: int) -> None:
    refused = BadInput("name", Problem.TOO_LONG, str(limit))
    try:
        text = checked("name", typed, limit, required=False)
    except BadInput as problem:
        found = problem
    else:
        assert text in ("", clean(typed))
        assert length(text) <= limit
        found = refused
    assert found == refused


@pytest.mark.parametrize(("row", "name"), hostile("NM", "LITERAL"))
def test_real_names_and_inert_ones_stay_as_they_are(row: str, name: str) -> None:
    if row == "NM-016":  # a flag drawn with tag characters: literal or normalised
        assert checked("name", name, NAME_LIMIT) == "\U0001f3f4"
    else:
        assert checked("name", name, NAME_LIMIT) == name


@pytest.mark.parametrize(("row", "name"), hostile("NM", "NORMALISE"))
def test_names_are_normalised_as_their_verdict_says(row: str, name: str) -> None:
    wanted = {
        "NM-005": Problem.EMPTY,
        "NM-007": Problem.EMPTY,
        "NM-008": Problem.EMPTY,
        "NM-009": "Jos\u00e9 \u00d1u\u00f1ez",
        "NM-018": Problem.TOO_LONG,
        "NM-021": "Ana)renwo( boB",
        "NM-036": 'Dr. Smith, PhD; "Al" Jones',
    }[row]
    if isinstance(wanted, Problem):
        with pytest.raises(BadInput) as refused:
            checked("name", name, NAME_LIMIT)
        assert refused.value.problem is wanted
    else:
        assert checked("name", name, NAME_LIMIT) == wanted


def test_a_long_name_from_the_directory_is_cut_at_a_graphemes_end() -> None:
    ((_, name),) = [row for row in hostile("NM") if row[0] == "NM-018"]
    assert length(shortened(clean(name), 75)) == 75
    family = "\U0001f469\u200d\U0001f469\u200d\U0001f467"
    assert shortened(family * 30, 24) == family * 23 + "…"


@pytest.mark.parametrize(("row", "topic"), hostile("TP", "LITERAL"))
def test_topics_are_data_whatever_they_look_like(row: str, topic: str) -> None:
    assert checked("topic", topic, TOPIC_LIMIT) == topic, row


@pytest.mark.parametrize(
    "typed",
    [
        "",
        " \u00a0\u2003\u3000",
        "\u200b\u200d\ufeff",
        "\u3164",
        "\u2800",
        "\u0301",
        "\ufe0f",
        "\ue000",
        "\ud83d",
    ],
)
def test_what_shows_nothing_is_empty(typed: str) -> None:
    with pytest.raises(BadInput) as refused:
        checked("name", typed, NAME_LIMIT)
    assert refused.value.problem is Problem.EMPTY
    assert checked("name", typed, NAME_LIMIT, required=False) == ""


@pytest.mark.parametrize("typed", ["x" * 81, "\ufdfa" * 60, "&" * 3000, "x" * 10_000, "a\u0301" * 81])
def test_what_is_too_long_names_the_limit(typed: str) -> None:
    with pytest.raises(BadInput) as refused:
        checked("name", typed, NAME_LIMIT)
    assert refused.value == BadInput("name", Problem.TOO_LONG, "80")


@pytest.mark.parametrize("name", ["می‌خواهم", "क्‍ष", "👩‍🚀", "Ó", "李", "葛\U000e0100城"])
def test_joiners_that_join_and_variants_stay(name: str) -> None:
    assert checked("name", name, NAME_LIMIT) == name
