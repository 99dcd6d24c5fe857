"""Which dialogues run on Teams: those that show most within `make test`, all as `make conformance`."""

import os

CHOSEN = "CONFORMANCE"
"""The environment variable; `long` asks for all."""
SHORT = frozenset(
    f"test_dialogues_{name}"
    for name in (
        "agreeing::test_c3_each_writes_alone_and_nobody_sees_it_before_both_are_in",
        "aiming::test_e8_both_sides_set_a_goal_in_the_same_form_and_see_both",
        "closing::test_c11_a_closing_is_proposed_openly_and_gives_thanks_both_ways",
        "coaching::test_who_does_not_know_what_they_need_finds_topics_in_five_questions",
        "coaching_stores::test_what_people_say_is_kept_over_a_restart",
        "concerns::test_a_concern_reaches_the_chosen_contact_in_a_window_and_stands_in_no_message",
        "faults::test_reminders_that_arrived_although_the_platform_broke_are_not_sent_again",
        "going_away::test_a_partner_hears_kindly_of_somebody_whom_messages_do_not_reach_and_owners_read_a_count",
        "going_away::test_a_ticked_box_lets_the_partner_know_until_when",
        "holidays::test_the_form_opens_with_the_country_of_the_time_zone_and_takes_none",
        "joining::test_a_newcomer_joins_by_typing_and_reads_back_what_they_said",
        "joining::test_errors_stand_beside_their_fields_and_what_was_typed_stays",
        "journey::test_who_answers_one_of_several_questions_finds_the_others_there",
        "late::test_what_was_planned_for_a_day_without_the_bot_comes_on_the_next_working_day",
        "meeting::test_a_date_comes_with_its_file_and_a_feed_of_ones_own_that_can_be_renewed",
        "meeting::test_d3_the_learner_proposes_times_and_the_other_picks_one",
        "not_reached::test_a_concern_that_waits_with_a_contact_who_takes_the_bot_out_goes_to_another",
        "owning::test_a_programme_starts_only_with_contacts_and_every_condition",
        "pressing_again::test_two_clicks_in_one_moment_are_one_yes",
        "previewing::test_an_owner_locks_one_pair_keeps_another_apart_and_releases",
        "proposals::test_nothing_that_people_answer_reaches_the_owner_or_the_channel_by_name",
        "proposals::test_the_second_yes_opens_a_room_of_the_two_and_the_owner_hears_nothing",
    )
)


def everything() -> bool:
    """Whether all dialogues run on both platforms, once each."""
    return os.environ.get(CHOSEN) == "long"
