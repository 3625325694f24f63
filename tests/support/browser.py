"""A real Chromium for tests: the system's, never a download; what a page logs as an error is kept."""

from playwright.sync_api import Browser, Page, Playwright, ViewportSize

from tools.chromium import find_chromium

PHONE: ViewportSize = {"width": 360, "height": 780}
DESK: ViewportSize = {"width": 1280, "height": 860}
_ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


def launch(playwright: Playwright, *arguments: str) -> Browser:
    """Start Chromium with more `arguments`, or fail saying what is missing."""
    path = find_chromium()
    assert path, "No Chromium found: run `make test`, or `apt-get install chromium`"
    return playwright.chromium.launch(executable_path=path, args=[*_ARGUMENTS, *arguments])


class Errors(list[str]):
    """What went wrong inside a page: uncaught errors, error logs, answers of 500 and more."""

    def watch(self, page: Page) -> None:
        page.on("pageerror", lambda error: self.append(f"uncaught: {error}"))
        page.on("console", lambda said: self.append(said.text) if said.type == "error" else None)
        page.on(
            "response",
            lambda answer: (
                self.append(f"{answer.status} {answer.url}") if answer.status >= 500 else None
            ),
        )
