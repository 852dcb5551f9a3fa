"""The scenes of the guide's own pages: each step by link, Back and reload; room for the step on a phone."""

import pytest

pytestmark = pytest.mark.browser
PHONE, DESK = {"width": 360, "height": 740}, {"width": 1280, "height": 800}
SHARE = 0.61  # of a phone's window may go to the picture: more, and a step is read through a slit
NOW = "() => [...document.querySelectorAll('.step.is-current')].map((one) => one.id)"
SEEN = """([id, share]) => {
  const step = document.getElementById(id), picture = step.closest(".scene").querySelector(".scene-figure");
  const [a, b] = [step, picture].map((one) => one.getBoundingClientRect());
  const stacked = b.width > 0.8 * innerWidth, first = step.querySelector("p:not(.step-name)").getBoundingClientRect();
  return { current: step.classList.contains("is-current"), tall: stacked ? picture.offsetHeight / innerHeight : 0,
    read: first.top > (stacked ? b.bottom : 0) - 1 && first.top < innerHeight - 60 };
}"""


def scenes():
    from tests.site.conftest import ROOT

    pages = sorted((ROOT / "stages").glob("*/page.md"))
    return [path.parent.name for path in pages if 'scene("' in path.read_text()]


@pytest.mark.parametrize("size", [PHONE, DESK], ids=["phone", "desk"])
@pytest.mark.parametrize("slug", scenes())
def test_a_link_to_any_step_shows_its_frame_and_its_words(browser, address, slug, size):
    context = browser.new_context(viewport=size, reduced_motion="reduce")
    page = context.new_page()
    page.goto(f"{address}guide/{slug}/")
    for id in page.locator(".step").evaluate_all("all => all.map((one) => one.id)"):
        page.evaluate("id => { location.hash = id; }", id)
        page.wait_for_function("id => document.getElementById(id).classList.contains('is-current')", arg=id)
        found = page.evaluate(SEEN, [id, SHARE])
        assert found["current"] and found["read"], f"{id}: its words are not in sight"
        assert found["tall"] <= SHARE, f"{id}: the picture takes {found['tall']:.0%} of the window"
    context.close()


def test_back_and_reload_return_to_the_step_that_was_read(page, address):
    page.set_viewport_size(DESK)
    page.goto(f"{address}guide/{scenes()[0]}/")
    page.locator(".scene").first.scroll_into_view_if_needed()  # it starts when it is near
    page.wait_for_selector(".scene.is-live")
    page.locator("[data-next]").first.focus()
    for _ in range(2):
        page.keyboard.press("Enter")
    was, place = page.evaluate(NOW), page.evaluate("scrollY")
    assert page.url.endswith(f"#{was[0]}")
    page.reload()
    page.wait_for_function("was => document.querySelector('.step.is-current')?.id === was", arg=was[0])
    page.goto(f"{address}glossary/")
    page.go_back()
    page.wait_for_function("was => document.querySelector('.step.is-current')?.id === was", arg=was[0])
    page.wait_for_function("place => Math.abs(scrollY - place) < 120", arg=place)


OPAQUE = "() => [...document.querySelectorAll('.frame')].filter((one) => getComputedStyle(one).opacity > 0).length"


def test_after_a_flight_through_a_scene_only_one_frame_is_left_to_see(page, address):
    page.set_viewport_size(DESK)
    page.goto(f"{address}guide/{scenes()[0]}/")
    page.locator(".scene").first.scroll_into_view_if_needed()
    page.wait_for_selector(".scene.is-live")
    for step in page.locator(".step").all():
        step.evaluate("one => one.scrollIntoView({ block: 'center', behavior: 'instant' })")
        page.wait_for_function("() => document.querySelector('.scene.is-seen')")
    page.evaluate("scrollTo({ top: 0, behavior: 'instant' })")
    page.wait_for_function("() => !document.querySelector('.scene.is-seen')")
    assert page.evaluate(OPAQUE) == 1, "frames that are half gone lie over each other"


@pytest.mark.parametrize("place", ["short/", "whole/"])
def test_a_scene_can_be_walked_where_all_stages_stand_on_one_page(page, address, place):
    page.set_viewport_size(DESK)
    page.goto(f"{address}{place}")
    scene = page.locator(".scene").first
    scene.locator(".step").first.scroll_into_view_if_needed()
    page.wait_for_selector(".scene.is-live")
    was = page.evaluate(NOW)[0]
    scene.locator("[data-next]").click()
    page.wait_for_function("was => document.getElementById(was).nextElementSibling.matches('.is-current')", arg=was)
