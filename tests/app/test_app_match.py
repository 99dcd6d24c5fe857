"""`bothways match`: a roster in, pairs out, every question answered, every bad file named in one line."""

import json
import os
import pty
import subprocess
import sys
from pathlib import Path

import pytest

from bot import __main__, app

ROOT = Path(__file__).parents[2]
SIXTY = ROOT / "tests/data/people_60.csv"
HEADER = "id,name,email,level,department,location,timezone,manager,learn,teach,places,languages,since"


def matched(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, *arguments: object) -> str:
    """Run the command in this process; it has to go well and give no error line."""
    monkeypatch.setattr(sys, "argv", ["bothways", "match", *map(str, arguments)])
    with pytest.raises(SystemExit) as ended:
        __main__.main()
    said = capsys.readouterr()
    assert (ended.value.code, said.err) == (0, "")
    return said.out


def refused(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, *arguments: object
) -> tuple[int, str]:
    """Run the command; it has to end with one line on standard error and nothing else."""
    monkeypatch.setattr(sys, "argv", ["bothways", "match", *map(str, arguments)])
    with pytest.raises(SystemExit) as ended:
        __main__.main()
    said = capsys.readouterr()
    assert said.out == ""
    assert said.err.count("\n") == 1
    return int(ended.value.code or 0), said.err


def a_roster(folder: Path, *rows: str, header: str = HEADER) -> Path:
    """A roster file with these rows."""
    path = folder / "people.csv"
    path.write_text("\n".join([header, *rows]) + "\n", encoding="utf-8")
    return path


def a_row(
    name: str, level: int = 1, *, learn: str = "", teach: str = "", manager: str = "", **other: str
) -> str:
    zone, places, languages = (
        other.get(key, usual)
        for key, usual in (("zone", "Europe/Berlin"), ("places", "1"), ("languages", "en"))
    )
    return f"{name},Name,,{level},Sales,Berlin,{zone},{manager},{learn},{teach},{places},{languages},2020-01"


def test_pairs_are_written_and_the_same_again(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    first, second = tmp_path / "one.csv", tmp_path / "two.csv"
    lines = SIXTY.read_text(encoding="utf-8").splitlines()
    turned = a_roster(tmp_path, *reversed(lines[1:]), header=lines[0])
    said = matched(capsys, monkeypatch, SIXTY, "--out", first, "--seed", 4)
    matched(capsys, monkeypatch, turned, "--out", second, "--seed", 4)
    assert first.read_bytes() == second.read_bytes()
    assert first.read_text(encoding="utf-8").splitlines()[0] == "a,b,score,a_learns,b_learns,reasons"
    assert "53 of them have a pair" in said
    assert "No better round exists" in said


def test_nobody_meets_somebody_of_the_history_again(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    first, second = tmp_path / "one.csv", tmp_path / "two.csv"
    matched(capsys, monkeypatch, SIXTY, "--out", first)
    matched(capsys, monkeypatch, SIXTY, "--out", second, "--history", first)
    pairs = [
        {tuple(line.split(",")[:2]) for line in path.read_text(encoding="utf-8").splitlines()[1:]}
        for path in (first, second)
    ]
    assert pairs[0]
    assert pairs[1]
    assert not pairs[0] & pairs[1]


def test_json_holds_pairs_people_without_one_and_the_figures(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    data = json.loads(matched(capsys, monkeypatch, SIXTY, "--json"))
    shares = {"matched_share", "reciprocal_share", "cross_level_share", "cross_department_share"}
    assert shares | {"total_score", "bound", "seconds", "engine"} <= data["figures"].keys()
    assert data["figures"]["matched"] + len(data["unmatched"]) == 60
    assert all(person["why"] for person in data["unmatched"])
    assert all(pair["a_learns"] or pair["b_learns"] for pair in data["pairs"])


def test_a_pair_and_somebody_without_one_are_explained(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    roster = a_roster(
        tmp_path, a_row("ann", 1, learn="SQL"), a_row("bob", 3, teach="SQL"), a_row("cid", 2, learn="Harp")
    )
    ann = matched(capsys, monkeypatch, roster, "--explain", "ann")
    assert "ann learns SQL from bob" in ann
    assert "2 levels apart" in ann
    cid = matched(capsys, monkeypatch, roster, "--explain", "cid")
    assert "nobody teaches what is wanted" in cid
    assert "wants Harp: 0 teach it" in cid
    assert json.loads(matched(capsys, monkeypatch, roster, "--explain", "ann", "--json"))["explain"]["pairs"]


def test_why_not_names_the_rule_or_the_price(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    roster = a_roster(
        tmp_path,
        a_row("ann", 1, learn="SQL"),
        a_row("bob", 3, teach="SQL", manager="dan"),
        a_row("cid", 2, learn="SQL"),
        a_row("dan", 4, learn="SQL"),
    )
    assert "they are in one reporting line" in matched(capsys, monkeypatch, roster, "--why-not", "dan", "bob")
    pairs = json.loads(matched(capsys, monkeypatch, roster, "--json"))["pairs"]
    (lucky,) = ({pair["a"], pair["b"]} - {"bob"} for pair in pairs)
    other = ({"ann", "cid"} - lucky).pop()
    assert "are a pair." in matched(capsys, monkeypatch, roster, "--why-not", lucky.pop(), "bob")
    open_pair = matched(capsys, monkeypatch, roster, "--why-not", other, "bob")
    assert "It would cost" in open_pair
    assert "would have nobody" in open_pair
    answer = json.loads(matched(capsys, monkeypatch, roster, "--why-not", other, "bob", "--json"))["why_not"]
    assert answer["price"] > 0
    assert not answer["already_a_pair"]


@pytest.mark.parametrize(
    ("rows", "named"),
    [
        ([a_row("a"), a_row("a")], "line 3: id a was used on line 2"),
        ([a_row("a", zone="Mars/Olympus")], "line 2: timezone 'Mars/Olympus'"),
        ([a_row("a", places="-1")], "line 2: places -1 is below 0"),
        ([a_row("a", places="²")], "line 2: places '²' is not a whole number"),
        ([a_row("a", 0)], "line 2: level 0 is below 1"),
        ([a_row("a", manager="z")], "line 2: manager z is not the id of another row"),
        ([a_row("a", languages="english")], "line 2: language 'english'"),
        ([",Name,,1,Sales,Berlin,Europe/Berlin,,,,1,,"], "line 2: id is empty"),
        (['a,"Na'], "unexpected end of data"),
        ([a_row("a", zone="x")] * 9, "and 4 more bad rows"),
    ],
)
def test_a_bad_row_is_named_by_line(
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    rows: list[str],
    named: str,
) -> None:
    code, line = refused(capsys, monkeypatch, a_roster(tmp_path, *rows))
    assert code == 1
    assert named in line


def test_a_file_that_is_no_roster_is_said_so(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert refused(capsys, monkeypatch, a_roster(tmp_path, header="id,name"))[1].endswith("since\n")
    (tmp_path / "people.csv").write_bytes(b"\xff\xfe\x00")
    assert "is not UTF-8 text" in refused(capsys, monkeypatch, tmp_path / "people.csv")[1]
    (tmp_path / "people.csv").write_bytes(b"")
    assert "the header lacks id" in refused(capsys, monkeypatch, tmp_path / "people.csv")[1]
    (tmp_path / "pairs.csv").write_text("x,y\n", encoding="utf-8")
    assert "columns a and b" in refused(capsys, monkeypatch, SIXTY, "--history", tmp_path / "pairs.csv")[1]
    assert "No such file" in refused(capsys, monkeypatch, SIXTY, "--out", tmp_path / "no" / "pairs.csv")[1]


@pytest.mark.parametrize(
    ("arguments", "code", "named"),
    [
        (["/nowhere.csv"], 2, "/nowhere.csv"),
        ([SIXTY, "--explain", "nobody"], 1, "nobody is not on the roster"),
        ([SIXTY, "--why-not", "P00004", "P00004"], 1, "themselves"),
        ([SIXTY, "--why-not", "P00004"], 2, "--why-not"),
        ([SIXTY, "--seed", "x"], 2, "--seed"),
    ],
)
def test_wrong_use_is_one_line(
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    arguments: list[object],
    code: int,
    named: str,
) -> None:
    found, line = refused(capsys, monkeypatch, *arguments)
    assert found == code
    assert named in line


def test_an_empty_roster_a_lone_person_and_a_circle_of_managers_are_answered(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert "nobody to pair" in matched(capsys, monkeypatch, a_roster(tmp_path))
    lone = matched(capsys, monkeypatch, a_roster(tmp_path, a_row("ann", learn="SQL")))
    assert "nobody else has a place free" in lone
    circle = a_roster(
        tmp_path, a_row("a", 1, learn="SQL", manager="b"), a_row("b", 2, teach="SQL", manager="a")
    )
    assert "managers in a circle count as one reporting line: a, b" in matched(capsys, monkeypatch, circle)


def test_columns_that_mean_nothing_are_ignored_with_a_notice(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    roster = a_roster(tmp_path, a_row("ann") + ",blue", header=f"{HEADER},colour")
    monkeypatch.setattr(sys, "argv", ["bothways", "match", str(roster)])
    with pytest.raises(SystemExit):
        __main__.main()
    assert "are ignored: colour" in capsys.readouterr().err


def test_a_bar_is_shown_on_a_terminal_and_none_in_a_pipe() -> None:
    command = [sys.executable, "-m", "bot", "match", str(SIXTY)]
    piped = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    assert piped.stderr == ""
    ours, theirs = pty.openpty()
    try:
        subprocess.run(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=theirs, check=True)
    finally:
        os.close(theirs)
    with os.fdopen(ours, "rb") as terminal:
        assert b"100%" in terminal.read1()


def test_the_engine_is_the_fast_one_where_its_extra_is_installed_and_is_named(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert matched(capsys, monkeypatch, SIXTY).splitlines()[3] == "Solved by the fast engine."
    fast = json.loads(matched(capsys, monkeypatch, SIXTY, "--json"))["figures"]
    monkeypatch.setattr(app, "find_spec", lambda _name: None)
    assert "install the extra" in matched(capsys, monkeypatch, SIXTY)
    plain = json.loads(matched(capsys, monkeypatch, SIXTY, "--json"))["figures"]
    assert (fast["engine"], plain["engine"]) == ("fast", "plain")
    assert (fast["objective"], fast["bound"]) == (plain["objective"], plain["bound"])


def test_without_its_extra_nothing_imports_it() -> None:
    hide = "import sys; sys.modules['ortools'] = None; import bot.__main__, bot.matching; print('well')"
    done = subprocess.run([sys.executable, "-c", hide], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout == "well\n"
