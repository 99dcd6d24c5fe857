"""Everything the bot can say, before it has words: one frozen dataclass each.

The words of `PairQuiet` stand in `prompts/<locale>/pair_quiet.md.j2`, those of a step by its key in `steps/`.
A prompt that is sent declares what is worse for it when a send is in doubt: twice (AT_MOST_ONCE) or never
(RESEND).
"""

from bot.mentoring.prompts.base import Doubt, FormPrompt, Prompt
from bot.mentoring.prompts.blocking import Blocked, BlockForm, BlocksShown, Unblocked
from bot.mentoring.prompts.homes import DraftWaiting, Home, OwnerHome, ParticipantHome, RoundNow
from bot.mentoring.prompts.interests import FindForm, ForgetForm, LearnForm, TeachForm
from bot.mentoring.prompts.own import (
    InterestForgotten,
    InterestsChanged,
    Joined,
    JoinForm,
    LeaveAsked,
    LeftProgramme,
    PairsShown,
    Paused,
    PauseEnded,
    PauseForm,
    Privacy,
    ProfileSaved,
    ProfileShown,
    Resumed,
    Teacher,
    TeachersFound,
    WhyNone,
    WhyShown,
)
from bot.mentoring.prompts.owners import (
    DraftedPair,
    DraftReady,
    NoPairsPossible,
    NoPairThisRound,
    OwnerNews,
    ProgrammeReady,
    RoundReleased,
    RoundReview,
    SetupForm,
    WeeklySummary,
)
from bot.mentoring.prompts.previews import (
    AboutTwoForm,
    Change,
    ChoosingForm,
    ChoosingSet,
    DraftChanged,
    PairLooked,
    PairNotPossible,
    PairPossible,
    ProgrammeShown,
    Weighed,
    WordsForm,
    WordsKept,
)
from bot.mentoring.prompts.proposals import (
    AcceptedBoth,
    AcceptedFirst,
    CameToNothing,
    Declined,
    Lapsed,
    Proposal,
    ProposalReminder,
)
from bot.mentoring.prompts.refusals import (
    ComesLater,
    Help,
    JoinFirst,
    LeftOver,
    MovedOn,
    NoProgrammeYet,
    NotForThem,
    Nothing,
    OwnersOnly,
    Sorry,
    TooMuchAtOnce,
    Unclear,
    Unknown,
)
from bot.mentoring.prompts.shapes import Card, Flow, PairLine
from bot.mentoring.prompts.steps import (
    Facts,
    PairAsked,
    PairAwake,
    Snoozed,
    SnoozedHere,
    StepCard,
    StepCheckIn,
    StepDilemma,
    StepQuestion,
    StepReading,
    StepsTogether,
)
from bot.mentoring.prompts.walk import (
    DateForm,
    DateKept,
    Introduction,
    MeetingNoted,
    PairClosed,
    PairQuiet,
    PartnerAway,
    WhichPair,
)
from bot.mentoring.prompts.welcome import JoinForgotten, JoinLeft, Welcome
