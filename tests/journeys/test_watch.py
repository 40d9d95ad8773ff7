"""The watch itself: what it is there to find, it finds."""

from __future__ import annotations

from tests.journeys.stage import Stage

BAD = f"""<div style="color: red">inline style</div><img src="/static/no-picture.png"><input name="nameless">
<table><tr><td nowrap>{"wide " * 100}</td></tr></table>"""


def test_the_watch_sees_what_is_wrong(stage: Stage) -> None:
    public = stage.public.open("reporting:home")
    troubles = public.watch.troubles
    assert troubles == []
    public.page.locator("main").evaluate("(main, bad) => { main.innerHTML = bad; }", BAD)
    public.page.evaluate("() => { console.error('broken'); setTimeout(() => { throw new Error('thrown'); }); }")
    public.page.wait_for_load_state("networkidle")
    public.watch.look_closely(on_phone=True)
    found = "\n".join(troubles)
    troubles.clear()
    signs = (
        "broken",
        "thrown",
        "404 for GET /static/no-picture.png",
        "Content Security",
        "image-alt",
        "label:",
        "sideways",
    )
    for sign in signs:
        assert sign in found, f"{sign} is missing in:\n{found}"
