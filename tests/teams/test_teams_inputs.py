"""Fields in cards, and what comes back from them."""

import pytest

from bot.mentoring.ids import address
from handlers.teams.inputs import filled_in, input_element, with_values
from prompts.view import Input, InputKind, Option

TENANT = "99999999-0000-0000-0000-000000000000"
ANA, BEN = "11111111-2222-3333-4444-555555555555", "66666666-7777-8888-9999-000000000000"
CHANNEL = "abc_1@thread.tacv2"
OPTIONS = (Option("a,b%", "A and B"), Option("c", "C"))


def who(local: str) -> str:
    """An address in the tenant."""
    return address("teams", TENANT, local)


def a_field(kind: InputKind, *initial: str, source: str = "") -> Input:
    """A field of a kind with these values."""
    return Input("key", kind, "Label", initial=initial, options=OPTIONS, source=source)


@pytest.mark.parametrize(
    ("kind", "values", "source"),
    [
        (InputKind.TEXT, ("a, b; c",), ""),
        (InputKind.LONG_TEXT, ("one\ntwo, three",), ""),
        (InputKind.CHOICE, ("a,b%",), ""),
        (InputKind.CHOICES, ("a,b%", "c"), ""),
        (InputKind.CHECKS, ("a,b%", "c"), ""),
        (InputKind.SUGGEST, ("Europe/Berlin",), "zones"),
        (InputKind.SUGGEST, ("100% cotton",), "topics"),
        (InputKind.SUGGEST_MANY, ("SQL", "how decisions are made"), "topics"),
        (InputKind.TIME, ("09:30",), ""),
        (InputKind.DATE, ("2026-12-01",), ""),
        (InputKind.PERSON, (who(ANA),), ""),
        (InputKind.PEOPLE, (who(ANA), who(BEN)), ""),
        (InputKind.CHANNEL, (who(CHANNEL),), ""),
    ],
)
def test_a_field_sent_as_it_opened_holds_what_it_opened_with(
    kind: InputKind, values: tuple[str, ...], source: str
) -> None:
    field = a_field(kind, *values, source=source)
    sent = {"key": input_element(field, "fill in")["value"]}
    assert filled_in((field,), sent, TENANT) == {"key": values}
    assert with_values(a_field(kind, source=source), {"key": values}).initial == values


@pytest.mark.parametrize("kind", InputKind)
def test_an_empty_field_has_no_value_and_gives_none(kind: InputKind) -> None:
    field = a_field(kind, source="zones" if kind is InputKind.SUGGEST else "")
    assert "value" not in input_element(field, "fill in")
    assert filled_in((field,), {"key": ""}, TENANT) == {"key": ()}
    assert filled_in((field,), {}, TENANT) == {}


def test_what_is_no_field_of_the_form_is_left_out() -> None:
    field = a_field(InputKind.TEXT)
    sent = {"key": "x", "extra": {"role": "owner"}, "admin": "true"}
    assert filled_in((field,), sent, TENANT) == {"key": ("x",)}


@pytest.mark.parametrize("odd", [{"role": "owner"}, ["x"], 5, None, True])
def test_a_value_that_is_no_text_is_left_out(odd: object) -> None:
    assert filled_in((a_field(InputKind.TEXT),), {"key": odd}, TENANT) == {}


@pytest.mark.parametrize("odd", ["somebody", f"{ANA}x", "teams:x:y", "../../etc", f"{TENANT}:{ANA}"])
def test_a_person_that_is_no_object_id_is_nobody(odd: str) -> None:
    assert filled_in((a_field(InputKind.PERSON),), {"key": odd}, TENANT) == {"key": ()}


def test_a_required_field_says_so_and_a_list_of_people_is_teams_own() -> None:
    made = input_element(a_field(InputKind.PEOPLE), "fill in")
    assert (made["isRequired"], made["errorMessage"]) == (True, "fill in")
    assert made["choices.data"] == {"type": "Data.Query", "dataset": "graph.microsoft.com/users"}
    assert made["isMultiSelect"] is True
