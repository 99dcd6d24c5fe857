"""The people of the small town: four who fit two and two, and two who fit nobody."""

from sandbox.people import RosterPerson

ANA, BEN, CLEO, DEV, EVE, FINN = "ANA", "BEN", "CLEO", "DEV", "EVE", "FINN"


def a_person(
    key: str,
    name: str,
    level: int,
    learn: str,
    teach: str,
    *,
    timezone: str = "Europe/London",
    department: str = "Research",
    manager: str | None = None,
    places: int = 1,
) -> RosterPerson:
    """Somebody of a roster; `learn` and `teach` hold topics separated by commas."""
    return RosterPerson(
        id=key,
        name=name,
        email=f"{key.lower()}@example.com",
        level=level,
        department=department,
        location="",
        timezone=timezone,
        manager=manager,
        learn=tuple(filter(None, learn.split(", "))),
        teach=tuple(filter(None, teach.split(", "))),
        places=places,
        languages=("en",),
        since="2021-04",
    )


def the_village() -> list[RosterPerson]:
    """Ana and Ben fit, and Cleo and Dev; Eve wants what nobody teaches; Finn is new."""
    return [
        a_person(ANA, "Ana Silva", 2, "Negotiation", "Python"),
        a_person(BEN, "Ben Okafor", 5, "Python", "Negotiation", department="Sales"),
        a_person(CLEO, "Cleo Marsh", 3, "Public speaking", "Kubernetes"),
        a_person(DEV, "Dev Patel", 6, "Kubernetes", "Public speaking", department="Operations"),
        a_person(EVE, "Eve Larsen", 4, "Falconry", "Origami"),
        a_person(FINN, "Finn Murphy", 1, "Negotiation", "Beekeeping"),
    ]


def four_pairs() -> list[RosterPerson]:
    """Four on level 2 and four on level 5: each fits the one of the same number and nobody else."""
    topics = ("Negotiation", "Public speaking", "Budgeting", "Hiring")
    lower = [
        a_person(f"LOW{number}", f"Low {word}", 2, topic, "")
        for number, (word, topic) in enumerate(zip(("One", "Two", "Three", "Four"), topics, strict=True))
    ]
    upper = [
        a_person(f"TOP{number}", f"Top {word}", 5, "", topic)
        for number, (word, topic) in enumerate(zip(("One", "Two", "Three", "Four"), topics, strict=True))
    ]
    return [*lower, *upper]


def ten_pairs() -> list[RosterPerson]:
    """As many as a summary needs to show figures: ten on level 2, and ten on level 5 who teach it."""
    lower = [a_person(f"LOW{number}", f"Low Number {number}", 2, "Negotiation", "") for number in range(10)]
    upper = [a_person(f"TOP{number}", f"Top Number {number}", 5, "", "Negotiation") for number in range(10)]
    return [*lower, *upper]
