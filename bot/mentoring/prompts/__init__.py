"""Everything the bot can say, before it has words: one frozen dataclass each.

The words of `PairQuiet` stand in `prompts/<locale>/pair_quiet.md.j2`, those of a step by its key in `steps/`.
A prompt that is sent declares what is worse for it when a send is in doubt: twice (AT_MOST_ONCE) or never
(RESEND).
"""

from bot.mentoring.prompts.agreement import (
    Agreed,
    AgreedFirst,
    AgreementAhead,
    AgreementShown,
    Both,
    Changed,
    ChangeDeclined,
    ChangeForm,
    ChangeProposed,
    ChangeSent,
    ChangeTakenBack,
    Compared,
    Expected,
    ExpectForm,
    NoPairYet,
    OpenChange,
    PartnerWrote,
    Term,
    TermsKept,
)
from bot.mentoring.prompts.base import Doubt, FormPrompt, Prompt
from bot.mentoring.prompts.blocking import Blocked, BlockForm, BlocksShown, Unblocked
from bot.mentoring.prompts.closing import (
    ClosedTogether,
    ClosingAgreed,
    ClosingAsked,
    ClosingProposed,
    EndAsked,
    GoingOnForNow,
    GoOnAsked,
    GoOnNoted,
    LookBackForm,
    LookBackKept,
    LookBackShown,
    Opened,
    PairEnded,
    RematchAsked,
    Rematched,
    Rested,
    RestEnded,
)
from bot.mentoring.prompts.coaching import Discovered, DiscoverForm, EthicsCode, Idea, NotRelayed
from bot.mentoring.prompts.concern import (
    ConcernAboutForm,
    ConcernForm,
    ConcernGiven,
    ConcernKeptLonger,
    ConcernLost,
    ConcernOutside,
    ConcernRead,
    ConcernsAside,
    ConcernsFull,
    ConcernsShown,
    ConcernTakenBack,
    ConcernWaiting,
    ConcernWasRead,
    GivenConcern,
    Listener,
)
from bot.mentoring.prompts.fit import FitKept, HelpedKept
from bot.mentoring.prompts.goals import (
    BackForm,
    FlowsBack,
    GoalForm,
    GoalKept,
    GoalReached,
    GoalsShown,
    PairGoals,
    PartnerReached,
    ReachedForm,
    StepDone,
)
from bot.mentoring.prompts.homes import DraftWaiting, Home, OwnerHome, ParticipantHome, RoundNow
from bot.mentoring.prompts.interests import FindForm, ForgetForm, LearnForm, TeachForm
from bot.mentoring.prompts.meet import (
    AgendaArrived,
    AgendaAsked,
    AgendaForm,
    AgendaKept,
    CalendarShown,
    MeetingCancelled,
    MeetingReminder,
    MeetingSet,
    MeetingSettled,
    NextDate,
    NoteLine,
    NotesForm,
    NotesShown,
    RhythmShown,
    SettleMeeting,
    TimesForm,
    TimesOffered,
    TimesSent,
    TimesTaken,
    Whom,
)
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
    SummaryNotPosted,
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
from bot.mentoring.prompts.shapes import Card, Flow, PairLine, Waits
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
    Introduction,
    MeetingNoted,
    PairClosed,
    PairQuiet,
    PartnerAway,
    PartnerUnreached,
    WhichPair,
)
from bot.mentoring.prompts.welcome import JoinForgotten, JoinLeft, Welcome
