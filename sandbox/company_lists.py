"""What the drawn company is drawn from: names, offices, departments and the topics people know there."""

from dataclasses import dataclass

FIRST_NAMES = (
    "Aisha", "Alejandro", "Amara", "Anneke", "Arjun", "Beatriz", "Camille", "Chidi", "Daichi", "Deepa",
    "Elif", "Emeka", "Farah", "Fionn", "Gabriela", "Hamza", "Ingrid", "Isabel", "Jakub", "Jia", "Joana",
    "Kavya", "Kofi", "Lars", "Leila", "Lucía", "Mateus", "Mei", "Mina", "Nadia", "Ngozi", "Niamh", "Noor",
    "Olu", "Oscar", "Pooja", "Priya", "Rafael", "Ravi", "Sadia", "Samuel", "Sanna", "Soren", "Tatiana",
    "Thandi", "Tomás", "Vikram", "Yara", "Yusuf", "Zofia",
)  # fmt: skip
LAST_NAMES = (
    "Abebe", "Adeyemi", "Almeida", "Andersson", "Banerjee", "Barros", "Becker", "Chen", "Costa", "Dlamini",
    "Dubois", "Eriksen", "Fischer", "Garcia", "Haddad", "Hassan", "Iyer", "Jansen", "Kaya", "Khan",
    "Kowalska", "Krishnan", "Lindqvist", "López", "Mensah", "Moreau", "Murphy", "Nakamura", "Ndiaye",
    "Nguyễn", "Nowak", "O'Brien", "Obi", "Okafor", "Oliveira", "Park", "Patel", "Pereira", "Rahman", "Reyes",
    "Rossi", "Sato", "Schmidt", "Silva", "Svensson", "Tadesse", "Tanaka", "Walsh", "Weber", "Yalçin",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Office:
    """Where people work, in which zone, and what they speak there besides English."""

    city: str
    timezone: str
    languages: tuple[str, ...]


OFFICES = (
    Office("Berlin", "Europe/Berlin", ("de", "tr", "pl")),
    Office("London", "Europe/London", ("fr", "bn", "ar")),
    Office("Lagos", "Africa/Lagos", ("yo", "ig", "fr")),
    Office("Bengaluru", "Asia/Kolkata", ("hi", "kn", "ta")),
    Office("São Paulo", "America/Sao_Paulo", ("pt", "es")),
    Office("Toronto", "America/Toronto", ("fr", "zh", "es")),
)


@dataclass(frozen=True, slots=True)
class Department:
    """A part of the company and what is learnt by working there."""

    name: str
    crafts: tuple[str, ...]


DEPARTMENTS = (
    Department(
        "Platform", ("Kubernetes", "PostgreSQL", "Go", "Incident response", "Observability", "Python")
    ),
    Department("Product", ("Product discovery", "Roadmapping", "User interviews", "Writing well", "SQL")),
    Department("Data", ("SQL", "Statistics", "Data visualisation", "Python", "A/B testing", "AI assistants")),
    Department("Design", ("Accessibility", "Figma", "Design critique", "Typography", "User interviews")),
    Department("Sales", ("Negotiation", "Pitching", "Forecasting", "Difficult customers", "Storytelling")),
    Department("Customer Care", ("Difficult customers", "De-escalation", "Writing well", "SQL")),
    Department("Finance", ("Reading a balance sheet", "Budgeting", "Spreadsheets", "Forecasting")),
    Department("People", ("Interviewing", "Coaching", "Employment law", "Running workshops")),
)

# what years teach, and those with fewer of them ask for
WISDOM = (
    "Giving feedback",
    "How decisions are really made here",
    "Organisational history",
    "Public speaking",
    "Managing up",
    "Negotiation",
    "Running meetings",
    "Career planning",
    "Handling conflict",
    "Leading without authority",
    "Saying no",
    "Hiring well",
)

# what the newer ones bring, and those further up ask for
FRESH = (
    "AI assistants",
    "Accessibility",
    "Data visualisation",
    "Python",
    "Short video",
    "What newcomers notice",
    "Figma",
    "Asynchronous work",
    "Inclusive language",
    "Kubernetes",
)

# how many people stand on each level, 1 to 8
PYRAMID = (6, 9, 9, 7, 5, 3, 2, 1)
