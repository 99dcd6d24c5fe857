"""How what stands under C, D and E, both ways, by the learner and upwards, is taken out."""

from tests.behaviours.mutation import JOURNEY, TakenOut, step, words

EVENTS = (
    "      - files:write\nsettings:\n  event_subscriptions:\n"
    "    request_url: https://EXAMPLE/slack/events\n    bot_events:\n"
)
MUTATIONS = (
    words(
        "C1",
        "one's own profile, as the other sees it",
        "proposal.md.j2",
        "**You**, as {{ partner.name }} sees you: {{ standing(you) }}\n\n{{ card(you) }}\n",
        "\n",
    ),
    TakenOut(
        "C1",
        "that a pair opens at the second yes",
        "bot/use_cases/proposing.py",
        "    if accepted_pair.state is PairState.PROPOSED:\n",
        "    if False:\n",
    ),
    TakenOut(
        "C2",
        "that a no is unheard until later",
        "bot/mentoring/pair.py",
        "        return self.state in LIVE and self.ended_by != one\n",
        "        return self.state in LIVE and self.ended_by is None\n",
    ),
    TakenOut(
        "C3",
        "that nobody sees the other's before both are in",
        "bot/use_cases/agreeing.py",
        "        return ExpectForm(pair, here.partner.name, here.agreement.expected_by(here.you.id))\n",
        "        return ExpectForm(pair, here.partner.name, here.agreement.expected_by(here.partner.id))\n",
    ),
    TakenOut(
        "C4",
        "that a change waits for the other's yes",
        "bot/mentoring/agreement.py",
        "    return replace(agreement, change=change)\n",
        "    return _with_version(replace(agreement, change=change), change.terms, now)\n",
    ),
    words(
        "C4",
        "reading an older version",
        "agreement_shown.md.j2",
        "[Show version {{ one }}](show_version:{{ pair }}|{{ one }})\n",
    ),
    step("C5", "still_aligned"),
    step("C6", "what_flows_back"),
    words("C7", "what each can be leaned on for", "agreement_shown.md.j2", "{{ leaning(partner, flow) }}\n"),
    TakenOut(
        "C8",
        "how they talk and cancel, in the agreement",
        "bot/use_cases/agreeing.py",
        "        rows=tuple(Term(key, value) for key in _keys() if (value := _value(version.terms, key))),\n",
        "        rows=tuple(\n"
        "            Term(key, value)\n"
        "            for key in _keys()\n"
        '            if (value := _value(version.terms, key)) and key not in ("channel", "reply", "cancel")\n'
        "        ),\n",
    ),
    step("C9", "keep_the_code"),
    step("C9", "dilemma_feedback"),
    TakenOut(
        "C10",
        "that the senior side may offer times",
        "bot/use_cases/dates.py",
        "    times, minutes = _read(answers, one, now)\n",
        "    if one.id == pair.b:\n"
        "        raise NotPossibleNow(_PROPOSE, pair.state)\n"
        "    times, minutes = _read(answers, one, now)\n",
    ),
    words(
        "C11",
        "closing together",
        "end_asked.md.j2",
        " [Propose to close together](close_together:{{ pair }})",
    ),
    TakenOut(
        "C10",
        "that the senior side may end",
        "bot/use_cases/parting.py",
        "    return EndAsked(pair=pair.id,",
        "    if actor.id == pair.b:\n"
        "        raise NotPossibleNow(PairEvent.CLOSE, pair.state)\n"
        "    return EndAsked(pair=pair.id,",
    ),
    words("C11", "ending it alone", "end_asked.md.j2", '[End it](end_yes:{{ pair }} "danger") '),
    words(
        "C11",
        "that the other reads a line without a name",
        "pair_closed.md.j2",
        "One of your pairs has come to its end.",
        "Your partner has ended your pair.",
    ),
    step("C12", "managing_up"),
    TakenOut(
        "D2",
        "that the other receives the agenda",
        "prompts/en/meeting_reminder.md.j2",
        "- {{ name }}: {{ text }}\n",
        "- {{ name }}\n",
    ),
    words(
        "D3",
        "picking one of the times offered",
        "times_offered.md.j2",
        "{{ pick_buttons(whom.pair, times) }}",
    ),
    words(
        "D3",
        "the learner's way to a note",
        "meeting_noted.md.j2",
        "[Write a note](open_notes:{{ whom.pair }}) ",
    ),
    words("D3", "what was noted", "notes_shown.md.j2", "{{ one.by }}: {{ one.text }}", "{{ one.by }}"),
    TakenOut(
        "D4",
        "that topics somebody teaches come first",
        "bot/mentoring/discovery.py",
        "            return (topic not in taught, -points[topic], order[topic])\n",
        "            return (topic in taught, -points[topic], order[topic])\n",
    ),
    step("D5", "teacher_card"),
    words(
        "D6",
        "that a skill of the job is for one's manager",
        "interests_changed.md.j2",
        "Then it is for you and your manager first. Here is the place for the rest.",
    ),
    words(
        "D7",
        "the label of a handover",
        "_parts.md.j2",
        "- **A handover**: {{ one.name }} moves on, and hands on what they know\n",
    ),
    step("D8", "primer"),
    TakenOut(
        "D9",
        "that a rhythm holds once both press the same",
        "bot/use_cases/rhythms.py",
        '        agreed=rhythm.agreed or "",\n',
        '        agreed="",\n',
    ),
    words("D10", "what one gets, at joining", "join_form.md.j2", "**What you get:** {{ purpose }}\n"),
    words(
        "D11",
        "the warning about what is mandatory",
        "programme_ready.md.j2",
        "**You ticked that taking part is mandatory. Please think again.** ",
    ),
    TakenOut(
        "D11",
        "declining where an owner says that it is mandatory",
        "bot/use_cases/proposing.py",
        "    pair.after(PairEvent.DECLINE)\n",
        "    if programme_of(records).mandatory:\n"
        "        raise NotPossibleNow(PairEvent.DECLINE, pair.state)\n"
        "    pair.after(PairEvent.DECLINE)\n",
    ),
    step("D12", "how_to_disagree"),
    step("D13", "how_we_work"),
    TakenOut(
        "D14",
        "that a purpose is required",
        "bot/use_cases/setting_up.py",
        'checked("purpose", answers.purpose, PURPOSE_LIMIT, lines=True)',
        'checked("purpose", answers.purpose, PURPOSE_LIMIT, lines=True, required=False)',
    ),
    TakenOut(
        "E1",
        "the points for another department",
        "bot/matching/scoring.py",
        '"departments": np.where(apart, rules.departments, 0)',
        '"departments": np.where(apart, 0, 0)',
    ),
    TakenOut(
        "E1",
        "the share across departments",
        "bot/matching/files.py",
        '"cross_department_share": _share(figures.cross_department, figures.pairs)',
        '"cross_department_share": _share(figures.cross_level, figures.pairs)',
    ),
    TakenOut(
        "E2",
        "that goals wait until the two know each other",
        JOURNEY,
        "    opens: second_meeting\n    locked: true\n",
        "    opens: second_meeting\n",
    ),
    step("E3", "senior_before_1"),
    step("E3", "senior_before_2"),
    step("E3", "senior_before_3"),
    step("E4", "junior_before_1"),
    step("E4", "junior_before_2"),
    step("E5", "power_difference"),
    step("E6", "roles_compared"),
    words("E7", "the purpose at joining", "join_form.md.j2", "**What you get:** {{ purpose }}\n"),
    words(
        "E7",
        "the purpose at the introduction",
        "introduction.md.j2",
        "**What {{ programme }} is for:** {{ purpose }}\n",
    ),
    words(
        "E7",
        "the purpose for meeting one",
        "steps/know_each_other.md.j2",
        "**What {{ programme }} is for:** {{ purpose }}\n",
    ),
    TakenOut(
        "E8",
        "that a goal needs a next step",
        "bot/use_cases/aiming.py",
        'checked("step", aim.step, LONGEST, lines=True)',
        'checked("step", aim.step, LONGEST, lines=True, required=False)',
    ),
    words(
        "E9",
        "the next date in the answer to We met",
        "meeting_noted.md.j2",
        "{{ next_date(whom.pair, whom.partner, next, false) }}\n",
    ),
    words("E9", "citing a goal", "_parts.md.j2", "- Your goal: **{{ goal }}**", "- Your goal: something"),
    step("E10", "after_the_second"),
    TakenOut(
        "E13",
        "that what is said in a room does not reach the bot",
        "manifest.yml",
        EVENTS,
        EVENTS.replace("settings:", "      - groups:history\n      - mpim:history\nsettings:")
        + "      - message.groups\n      - message.mpim\n",
    ),
    step("E14", "alike_and_different"),
    words(
        "E14",
        "that no generation is named",
        "steps/how_this_place_works.md.j2",
        "You stand in different spots",
        "You are of different generations",
    ),
)
