"""How what stands under A and B, mentoring up and from below, is taken out."""

from tests.behaviours.mutation import FORMS, JOURNEY, TakenOut, step, words

MUTATIONS = (
    words(
        "A1",
        "that a level says nothing of age",
        "forms.yml",
        "It says nothing of age, time here or worth, and experts sit on every rung.",
        "Experts sit on every rung.",
    ),
    TakenOut(
        "A1", "that nobody is asked their age", FORMS, "label: Joined the company", "label: Year of birth"
    ),
    TakenOut(
        "A2",
        "that the one further up learns too",
        "bot/use_cases/matchmaking.py",
        "            *(Exchange(b, a, topic) for topic in found.b_learns),\n",
    ),
    TakenOut(
        "A3",
        "that something of this place is among the ideas",
        "bot/mentoring/discovery.py",
        "        if here and not set(found) & set(here):\n",
        "        if False:\n",
    ),
    words(
        "A4",
        "staying an expert, as a direction",
        "forms.yml",
        "nobody else sees it.\n      options:\n        craft: Deeper into my craft, and stay an expert\n",
        "nobody else sees it.\n      options:\n",
    ),
    TakenOut(
        "A5",
        "that people learn from a lower level",
        "bot/matching/rules.py",
        "    apart: Mask = ours != theirs\n",
        "    low = roster.rung[one] < roster.rung[other]\n"
        "    down = roster.topics.gains(np.where(low, one, other), np.where(low, other, one))[1] > 0\n"
        "    apart: Mask = (ours != theirs) & down\n",
    ),
    TakenOut(
        "A5",
        "the share of pairs that teach upwards",
        "bot/matching/files.py",
        '"upward_share": _share(figures.upward, figures.pairs)',
        '"upward_share": _share(figures.reciprocal, figures.pairs)',
    ),
    TakenOut(
        "A6",
        "that not knowing is expected, at joining",
        "bot/use_cases/joining.py",
        "upper=one.level > LADDER // 2",
        "upper=False",
    ),
    step("A6", "senior_before_1"),
    TakenOut(
        "A7",
        "that a search shows what people teach alone",
        "bot/use_cases/finding.py",
        "other.level, other.department, other.teach)",
        "other.level, other.department, (*other.teach, *other.learn))",
    ),
    TakenOut(
        "A8",
        "the rule about reporting lines",
        "bot/matching/rules.py",
        "((ours > leaves[other]) | (theirs > ours)) & ((theirs > leaves[one]) | (ours > theirs))",
        "ours != theirs",
    ),
    TakenOut(
        "A9",
        "that every condition is confirmed",
        "bot/use_cases/setting_up.py",
        "    if set(ticked) != set(CONDITIONS):\n",
        "    if not ticked:\n",
    ),
    TakenOut(
        "A9",
        "that there are two contacts to choose from",
        "bot/use_cases/setting_up.py",
        "    if len(contacts) < FEWEST_CONTACTS:\n",
        "    if not contacts:\n",
    ),
    step("A10", "helped_asked"),
    TakenOut(
        "A10",
        "that the senior side alone is asked",
        JOURNEY,
        "{key: helped_asked, kind: card, to: senior,",
        "{key: helped_asked, kind: card, to: each,",
    ),
    TakenOut(
        "B1",
        "that people learn from a lower level",
        "bot/matching/rules.py",
        "    apart: Mask = ours != theirs\n",
        "    low = roster.rung[one] < roster.rung[other]\n"
        "    down = roster.topics.gains(np.where(low, one, other), np.where(low, other, one))[1] > 0\n"
        "    apart: Mask = (ours != theirs) & down\n",
    ),
    TakenOut(
        "B2", "several pairs at once", "bot/match_roster.py", "places=row.places", "places=min(1, row.places)"
    ),
    TakenOut("B2", "that places are kept to", "bot/match_roster.py", "places=row.places", "places=6"),
    TakenOut("B3", "that nobody is asked their age", FORMS, "label: Joined the company", "label: My age"),
    step("B4", "network_map"),
    words("B4", "looking sideways", "steps/network_map.md.j2", "- **sideways:** somebody on your level\n"),
    TakenOut(
        "B5",
        "that each is asked how it feels",
        JOURNEY,
        "{key: fit_asked, kind: check_in, to: each, after: held, nth: 1,",
        "{key: fit_asked, kind: check_in, to: each, after: held, nth: 99,",
    ),
    words(
        "B5",
        "the one press for somebody new",
        "fit_kept.md.j2",
        '[Find me somebody new](rematch:{{ pair }} "primary") ',
    ),
    step("B6", "ask_for_advice"),
    step("B6", "asked_for_advice"),
    TakenOut(
        "B7",
        "that words about a person are pointed elsewhere",
        "handlers/commands.py",
        '    if is_about_somebody(f"{word} {ask.words}", labels.cues(), near=found is not None):\n',
        "    if False:\n",
    ),
    words("B8", "a rhythm of every week", "rhythm_shown.md.j2", "[Every week](rhythm:{{ whom.pair }}|week) "),
    TakenOut(
        "B8",
        "that what the two wish for comes first",
        "bot/mentoring/chapters.py",
        "    return tuple(dict.fromkeys(answer for answer in wished if answer is not None))\n",
        "    return tuple(dict.fromkeys(answer for answer in wished if answer is None))\n",
    ),
    TakenOut(
        "B9",
        "that owners may allow one level",
        "bot/use_cases/matchmaking.py",
        "        allow_lateral=choosing.lateral,\n",
        "        allow_lateral=False,\n",
    ),
    words(
        "B10",
        "that the bot passes no feedback on",
        "commands.yml",
        "    I never pass feedback on from one person to another.\n",
    ),
)
