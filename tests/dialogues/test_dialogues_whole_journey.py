"""What the two of a pair read from joining to the last weeks, all of it taken together."""

import re

from tests.databases import ON_SQLITE
from tests.dialogues.cast import ANA, BEN, CLEO, DEV, FINN
from tests.dialogues.test_dialogues_coaching import joins
from tests.dialogues.town import Town
from tests.prompts.test_prompts_words import BANNED

pytestmark = ON_SQLITE
"""Which words come when does not depend on the store."""

GENERATIONS = re.compile(rf"\b({'|'.join(BANNED['generations'])})\b", re.IGNORECASE)
PROMISES = ("nothing of age", "nobody asks your age")
"""What says that age counts for nothing may name it."""
DIFFERENCES = (
    "Something you do in quite different ways, and why",
    "name the difference",
    "Alike, and not alike",
)
DILEMMAS = ('"How are they doing?"', "A situation without a right answer", "whose idea was it?")
FORTNIGHTS = 12


async def paired(town: Town) -> None:
    """Ana and Ben accept each other."""
    await town.join(ANA, BEN)
    await town.release_a_round()
    for person in (ANA, BEN):
        await town.press(person, "Accept")


async def test_e7_what_the_programme_is_for_is_read_at_joining_at_the_introduction_and_for_meeting_one(
    village: Town,
) -> None:
    await village.say(FINN, "/mentor join")
    shown = re.search(r"What you get: (.+)", await village.window(FINN))
    assert shown
    purpose = shown[1]
    assert len(purpose) > len("What you get")
    await village.cancel(FINN)
    await paired(village)
    for person in (ANA, BEN):
        assert purpose in (await village.message_with(person, "meet each other"))["text"]
    await village.skip(3)
    for person in (ANA, BEN):
        assert purpose in (await village.message_with(person, "know each other first"))["text"]


async def test_e14_c9_half_a_year_speaks_of_differences_and_never_of_generations(village: Town) -> None:
    """All that both read, in their room, alone and in answers: differences, dilemmas, and no stereotype."""
    await paired(village)
    up, junior = await joins(village, DEV, "7"), await joins(village, CLEO, "1")
    for fortnight in range(FORTNIGHTS):
        await village.skip(14)
        await village.say(ANA, "/mentor met")
        if fortnight == 1:
            await village.press(BEN, "We know each other a bit")
    read = {person: "\n".join(await village.heard(person)) for person in (ANA, BEN)}
    asked = [
        await village.say(ANA, f"/mentor help {page}")
        for page in ("roles", "managing up", "primer", "ethics")
    ]
    for text in (up, junior, *read.values(), *asked):
        found = [line for line in text.splitlines() if GENERATIONS.search(line)]
        assert [line for line in found if not any(promise in line.lower() for promise in PROMISES)] == []
    for person, text in read.items():
        assert [words for words in (*DIFFERENCES, *DILEMMAS) if words not in text] == [], person


async def test_a7_what_somebody_wants_to_learn_is_read_by_partners_and_in_a_draft_and_by_nobody_else(
    village: Town,
) -> None:
    """Negotiation is what Ana wants to learn; that Ben teaches it may be read by whoever searches."""
    await village.join(ANA, BEN, CLEO, DEV)
    found = await village.say(CLEO, "/mentor find Python")
    assert "Ana Silva" in found
    assert "Negotiation" not in found
    owner = await village.owner()
    await village.say(owner, "/mentor match")
    drafted = await village.message_with(owner, "Round 1")
    review = await village.answers(owner, "Review pairs")
    assert "Ana Silva" in review
    assert "Negotiation" in review
    await village.press(owner, "Release", drafted["ts"])
    assert "Wants to learn: Negotiation" in "\n".join(await village.heard(BEN))
    for person in (ANA, BEN):
        await village.press(person, "Accept")
    await village.skip(14)
    after = [await village.say(owner, f"/mentor {word}") for word in ("summary", "match", "programme")]
    channels = {one["id"] for one in (await village.state())["channels"] if one["kind"] == "channel"}
    public = [one["text"] for one in (await village.state())["messages"] if one["channel"] in channels]
    strangers = ["\n".join(await village.heard(person)) for person in (CLEO, DEV)]
    for text in (*after, *public, *strangers, await village.reads(owner, drafted["ts"])):
        assert "Negotiation" not in text


async def test_who_brings_it_to_a_good_end_at_half_way_is_shown_how(village: Town) -> None:
    """C11: one press leads to closing together, and nothing ends before it."""
    await paired(village)
    for _ in range(7):
        await village.skip(14)
        await village.say(ANA, "/mentor met")
    chosen = await village.message_with(BEN, "are half-way. What now?")
    await village.press(BEN, "Bring it to a good end", chosen["ts"])
    assert "Nothing ends by itself" in await village.reads(BEN, chosen["ts"])
    shown = await village.answers(BEN, "Show me how")
    assert "Or close it together." in shown
    assert "active" in await village.say(BEN, "/mentor pairs")
