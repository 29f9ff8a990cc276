"""What a browser shows that no answer of the server says: barriers, troubles, pages too wide."""

from axe_playwright_python.sync_playwright import Axe

RULES = {
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    # All that is violated is told; of what passes, which nobody reads, only one example each.
    "resultTypes": ["violations"],
    # It would ask for the style sheets again, by a way that the pages' policy forbids.
    "preload": False,
}
AXE = Axe()


def violations(page) -> list[str]:
    """What axe holds against the page, in one line each."""
    found = AXE.run(page, options=RULES).response["violations"]
    return [f"{rule['id']}: {node['target']}" for rule in found for node in rule["nodes"]]


def barriers(page) -> list[str]:
    """What keeps somebody from working with the page, by day and in the dark: WCAG 2.2 AA."""
    options = {**RULES, "runOnly": [rule for rule in RULES["runOnly"] if rule.startswith("wcag")]}
    found = []
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
        for rule in AXE.run(page, options=options).response["violations"]:
            if rule["impact"] in ("serious", "critical"):
                found += [f"{scheme} {rule['id']}: {node['target']}" for node in rule["nodes"]]
    return found


def violations_in_both_schemes(page) -> list[str]:
    """The same by day and in the dark."""
    found = []
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
        found += [f"{scheme} {one}" for one in violations(page)]
    return found


def troubles_of(page) -> list[str]:
    """A list that fills with the errors the page reports; an answer 404 or 410 is none."""
    troubles = []
    page.on("pageerror", lambda error: troubles.append(str(error)))

    def heard(message):
        if message.type in ("error", "warning") and "status of 4" not in message.text:
            troubles.append(message.text)

    page.on("console", heard)
    return troubles


def is_too_wide(page) -> bool:
    """Whether a reader would have to move the page sideways."""
    return page.evaluate("document.documentElement.scrollWidth > innerWidth")
