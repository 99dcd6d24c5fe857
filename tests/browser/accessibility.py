"""What is wrong with the page as it stands, in light and dark, on a desk, enlarged, and on a phone."""

from typing import Any

from axe_playwright_python.async_playwright import Axe

from tests.browser.window import DESKTOP, PHONE, Look, Window

GRAVE = frozenset({"serious", "critical"})
"""The impacts that fail a test."""
LOOKS = (
    DESKTOP,
    Look(DESKTOP.width, DESKTOP.height, dark=True),
    PHONE,
    Look(PHONE.width, PHONE.height, dark=True),
)
TWICE_AS_LARGE = Look(DESKTOP.width // 2, DESKTOP.height // 2)
"""What a desk's window holds at 200 %."""
WIDER = "document.documentElement.scrollWidth > document.documentElement.clientWidth"


class Examiner:
    """Looks at one state after another and keeps what is wrong with each."""

    def __init__(self, window: Window) -> None:
        self.window = window
        self.found: list[str] = []

    async def examine(self, state: str, looks: tuple[Look, ...] = LOOKS) -> None:
        """Look at the page as it stands, in each of these looks; the page is on a desk again afterwards."""
        for look in (*looks, TWICE_AS_LARGE):
            await self.window.look(look)
            if await self.window.page.evaluate(WIDER):
                self.found.append(f"{state} ({look}): the page is wider than its window")
            if look is not TWICE_AS_LARGE:
                grave = await grave_findings(self.window)
                self.found += [f"{state} ({look}): {finding}" for finding in grave]
        await self.window.look(DESKTOP)


async def grave_findings(window: Window) -> list[str]:
    """The rules that the page breaks seriously or critically, each with the elements that break it."""
    answer = await Axe().run(window.page)
    broken: list[dict[str, Any]] = answer.response["violations"]
    return [_told(rule) for rule in broken if rule["impact"] in GRAVE]


def _told(rule: dict[str, Any]) -> str:
    places = "; ".join(
        f"{' '.join(map(str, node['target']))} {node['html'][:120]} {_why(node)}" for node in rule["nodes"]
    )
    return f"{rule['impact']} {rule['id']}: {places}"


def _why(node: dict[str, Any]) -> str:
    return str(node.get("failureSummary", "")).partition("\n")[2].strip()
