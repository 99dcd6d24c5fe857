"""The roster file is read strictly, and people have ids that Slack could have given."""

import re
from dataclasses import replace
from pathlib import Path

import pytest

from sandbox.members import OWNER_ID, slack_id
from sandbox.people import RosterError, load_roster
from sandbox.workspace import Workspace
from tests.sandbox.conftest import ROSTER
from tests.tree import ROOT

HEADER = "id,name,email,level,department,location,timezone,manager,learn,teach,places,languages,since"
GOOD = "P1,Ada,a@x.example,2,Data,Berlin,Europe/Berlin,,SQL; Go,Python,1,en; de,2024-03"


def roster(folder: Path, *lines: str) -> Path:
    path = folder / "people.csv"
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def test_a_good_row_is_read_as_declared(tmp_path: Path) -> None:
    (ada,) = load_roster(roster(tmp_path, HEADER, GOOD))
    assert (ada.id, ada.level, ada.learn, ada.teach) == ("P1", 2, ("SQL", "Go"), ("Python",))
    assert (ada.places, ada.languages, ada.since, ada.manager) == (1, ("en", "de"), "2024-03", None)


def test_columns_stand_in_any_order_and_others_are_passed_over(tmp_path: Path) -> None:
    columns = HEADER.split(",")
    cells = dict(zip(columns, GOOD.split(","), strict=True))
    turned = [*reversed(columns), "shoe size"]
    line = ",".join([*(cells[name] for name in reversed(columns)), "41"])
    assert load_roster(roster(tmp_path, ",".join(turned), line)) == load_roster(
        roster(tmp_path, HEADER, GOOD)
    )


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("P1", "", "line 2: id is empty"),
        ("Ada", "  ", "line 2: name is empty"),
        (",2,", ",two,", "line 2: level 'two' is not a whole number"),
        (",2,", ",²,", "line 2: level '²' is not a whole number"),
        (",2,", ",0,", "line 2: level 0 is below 1"),
        ("Europe/Berlin", "Berlin", "line 2: timezone 'Berlin' is not an IANA time zone"),
        ("Berlin,,", "Berlin,P9,", "line 2: manager P9 is not the id of another row"),
        ("Berlin,,", "Berlin,P1,", "line 2: manager P1 is not the id of another row"),
        (",1,", ",-1,", "line 2: places '-1' is not a whole number"),
        ("en; de", "English", "line 2: language 'English' is not a two-letter code"),
        ("2024-03", "2024-13", "line 2: since '2024-13' is not a month YYYY-MM"),
    ],
)  # fmt: skip
def test_a_bad_row_is_named_with_its_line_and_reason(tmp_path: Path, old: str, new: str, said: str) -> None:
    with pytest.raises(RosterError) as refused:
        load_roster(roster(tmp_path, HEADER, GOOD.replace(old, new, 1)))
    assert str(refused.value) == said


def test_every_bad_row_is_named(tmp_path: Path) -> None:
    path = roster(tmp_path, HEADER, GOOD, GOOD, GOOD.replace("P1", "P2").replace("2024-03", "March"))
    with pytest.raises(RosterError) as refused:
        load_roster(path)
    assert str(refused.value) == (
        "line 3: id P1 was used on line 2; line 4: since 'March' is not a month YYYY-MM"
    )


def test_of_very_many_bad_rows_the_first_are_named_and_the_rest_counted(tmp_path: Path) -> None:
    with pytest.raises(RosterError) as refused:
        load_roster(roster(tmp_path, HEADER, *(GOOD.replace(",2,", ",0,") for _ in range(30))))
    assert str(refused.value).endswith("; line 11: level 0 is below 1; and 20 more")


@pytest.mark.parametrize(
    ("row", "said"),
    [
        (f"{GOOD},41", "line 3: it has more cells than the header"),
        ("P2,Bo", "line 3: it has fewer cells than the header"),
        ('P2,"Bo"x', "line 3: no row of CSV"),
        ('P2,"Bo', "line 3: no row of CSV"),
    ],
)
def test_a_row_that_does_not_fit_the_header_is_named(tmp_path: Path, row: str, said: str) -> None:
    with pytest.raises(RosterError, match=re.escape(said)):
        load_roster(roster(tmp_path, HEADER, GOOD, row))


def test_a_file_without_a_column_rows_or_text_is_refused(tmp_path: Path) -> None:
    for lines, said in (
        (("id,name", "P1,Ada"), "the header lacks email, level"),
        (("",), "the header lacks id, name"),
        ((HEADER,), "the file has no rows"),
    ):
        with pytest.raises(RosterError, match=said):
            load_roster(roster(tmp_path, *lines))
    binary = tmp_path / "binary.csv"
    binary.write_bytes(b"\xff\xfe\x00")
    with pytest.raises(RosterError, match="not text in UTF-8"):
        load_roster(binary)
    with pytest.raises(RosterError, match="cannot be read"):
        load_roster(tmp_path / "absent.csv")


@pytest.mark.parametrize(
    "path", sorted((ROOT / "tests/data").rglob("people_*.csv")), ids=lambda path: path.name
)
def test_the_rosters_that_tests_use_are_good(path: Path) -> None:
    people = load_roster(path)
    ids = [slack_id(person.id) for person in people]
    assert len(set(ids)) == len(people)
    assert all(re.fullmatch(r"[UW][A-Z0-9]{2,}", one) for one in ids)


def test_ids_of_any_spelling_become_ids_of_slacks() -> None:
    ids = [slack_id(one) for one in ("P00013", "p00013", "ada-1", "ada1", "é" * 300)]
    assert ids[0] == "UP00013"
    assert len(set(ids)) == len(ids)
    assert all(re.fullmatch(r"U[A-Z0-9]{2,21}", one) for one in ids)


def test_a_handle_holds_nothing_that_could_break_a_mention() -> None:
    odd = replace(ROSTER[0], id="a|b>", name="Žofia <x> نور")
    member = next(one for one in Workspace([odd]).members.values() if one.roster)
    assert re.fullmatch(r"[a-z0-9.]+", member.name)


def test_people_are_found_by_slack_id_roster_id_handle_and_name() -> None:
    workspace = Workspace(ROSTER)
    found = {
        name: workspace.person(name)
        for name in ("UP00001", "P00001", "Ada Okafor", "@ada okafor", "x", "USLACKBOT")
    }
    assert [member.id if member else None for member in found.values()] == [*["UP00001"] * 4, None, None]
    owner = workspace.person(OWNER_ID)
    assert owner is not None
    assert (owner.runs_programme, owner.is_admin, owner.roster) == (True, True, None)
