"""Contacts for concerns and owners whom messages do not reach: nothing is lost, and who has to know hears."""

from sandbox.members import CONTACT_IDS
from tests.dialogues.cast import ANA, BEN
from tests.dialogues.differences import LEAVER, TAKEN_OUT, needs
from tests.dialogues.on_slack import SlackTown
from tests.dialogues.on_teams import TeamsTown
from tests.dialogues.town import Town

HANA, THEO = CONTACT_IDS
WORDS = "He said my question was wasting his time."
ABOUT, READER, WHAT = "Whom is it about?", "Who is to read it?", "What happened?"
UNREAD = "Something that you asked me to pass on waits unread"


async def raises(town: Town, reader: str) -> None:
    """Ana raises a concern about Ben."""
    await town.say(ANA, "/mentor concern")
    await town.submit(ANA, **{ABOUT: BEN})
    await town.submit(ANA, **{READER: reader, WHAT: WORDS})


async def gives_it_to_theo(town: Town) -> None:
    """Ana reads that her concern waits unread and gives it to Theo, who reads it; none of it is posted."""
    told = await town.message_with(ANA, UNREAD)
    assert not any(word in told["text"] for word in ("Hana", "Ben", "oncern"))
    await town.press(ANA, "Show me", told["ts"])
    assert "my messages do not reach them at the moment" in await town.window(ANA)
    await town.press(ANA, "Choose somebody else", "form")
    assert "My messages do not reach Hana Petrova" in await town.window(ANA)
    await town.press(ANA, "Give it to Theo Lindqvist", "form")
    assert "Theo Lindqvist hears that a concern is waiting" in await town.window(ANA)
    for words in ("Give it to", "do not reach Hana", "do not reach them", WORDS):
        assert words not in await town.stands()
    await town.skip(1)  # into his own hours
    await town.press(THEO, "Read it")
    assert WORDS in await town.window(THEO)
    assert "Read on" in await town.looks_into(ANA, "/mentor concern")


@needs(TAKEN_OUT)
async def test_a_concern_that_waits_with_a_contact_who_takes_the_bot_out_goes_to_another(
    paired: Town,
) -> None:
    assert isinstance(paired, TeamsTown)
    await raises(paired, "Hana Petrova")
    await paired.take_out(HANA)
    await paired.skip(1)
    await gives_it_to_theo(paired)


@needs(LEAVER)
async def test_a_concern_for_a_contact_whose_account_is_closed_goes_to_another(paired: Town) -> None:
    assert isinstance(paired, SlackTown)
    await paired.leaves_the_company(HANA)
    await raises(paired, "Hana Petrova")
    await paired.skip(1)
    await gives_it_to_theo(paired)


@needs(TAKEN_OUT)
async def test_a_contact_who_takes_the_bot_in_again_reads_what_waited(paired: Town) -> None:
    assert isinstance(paired, TeamsTown)
    await raises(paired, "Hana Petrova")
    await paired.take_out(HANA)
    await paired.skip(1)
    assert [text for text in await paired.heard(ANA) if text.startswith(UNREAD)]
    await paired.take_in(HANA)
    await paired.skip(1)
    assert "It waits to be read" in await paired.looks_into(ANA, "/mentor concern")
    await paired.press(HANA, "Read it")
    assert WORDS in await paired.window(HANA)


@needs(TAKEN_OUT)
async def test_an_owner_reads_whom_to_ask_and_the_form_of_a_concern_leaves_them_out(paired: Town) -> None:
    assert isinstance(paired, TeamsTown)
    owner = await paired.owner()
    assert "do not reach" not in await paired.home(owner)
    await paired.take_out(THEO)
    told = "My messages do not reach Theo Lindqvist at the moment. Please ask them to add the app"
    assert told in await paired.home(owner)
    await paired.say(owner, "/mentor setup")
    assert told in await paired.window(owner)
    assert (await paired.submit(owner))["ok"]
    assert told in await paired.window(owner)
    await paired.say(ANA, "/mentor concern")
    assert "Theo" not in await paired.window(ANA)
    await paired.submit(ANA, **{ABOUT: BEN})
    assert (await paired.form(ANA))[READER]["options"] == ["Hana Petrova"]
    await paired.take_in(THEO)
    assert "do not reach" not in await paired.home(owner)
