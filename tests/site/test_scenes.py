"""The scenes of the guide's own pages: each step by link, Back and reload; room for the step on a phone."""

import pytest

from tests.pause import pause
from tests.site.conftest import ROOT

pytestmark = pytest.mark.browser
PHONE, DESK = {"width": 360, "height": 740}, {"width": 1280, "height": 800}
LOW = {"width": 390, "height": 664}  # a phone whose own bars take their part: some pictures do not stay there
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


def test_a_page_that_turns_narrow_keeps_the_step_that_was_read(page, address):
    page.set_viewport_size(DESK)
    page.goto(f"{address}guide/{scenes()[0]}/")
    third = page.locator(".step").nth(2).get_attribute("id")
    page.evaluate("id => { location.hash = id; }", third)
    page.wait_for_function("id => document.getElementById(id).classList.contains('is-current')", arg=third)
    for size in (PHONE, {"width": 740, "height": 360}, DESK):
        page.set_viewport_size(size)
        pause(page, 300)
        assert page.evaluate(NOW) == [third]
    assert page.url.endswith(f"#{third}")


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


LETTERS = """() => [...document.querySelectorAll(".scene .poster text")].filter((one) => one.checkVisibility())
  .map((one) => [one.ownerSVGElement, parseFloat(getComputedStyle(one).fontSize)])
  .map(([svg, size]) => size * svg.getBoundingClientRect().width / svg.getAttribute("width"))"""


@pytest.mark.parametrize("size", [(740, 360), (900, 700), (1024, 768), (360, 740)])
def test_the_letters_of_a_scenes_picture_can_be_read(page, address, size):
    page.set_viewport_size(dict(zip(("width", "height"), size, strict=True)))
    page.goto(f"{address}guide/pretrain/")
    assert min(page.evaluate(LETTERS)) >= 11


@pytest.mark.parametrize("size, in_turn", [((360, 640), False), ((900, 640), False), ((360, 664), True),
                                           ((1024, 640), True)])  # fmt: skip
def test_frames_take_turns_where_that_leaves_room_to_read(page, address, size, in_turn):
    page.set_viewport_size(dict(zip(("width", "height"), size, strict=True)))
    page.goto(f"{address}guide/data/")
    place = page.locator(".scene-figure").evaluate("one => getComputedStyle(one).position")
    assert (place == "sticky") == in_turn


WORDS = """() => {
  const { bottom, width } = document.querySelector(".scene-figure").getBoundingClientRect();
  const free = width > 0.8 * innerWidth ? bottom : document.querySelector(".rail").offsetHeight;
  const seen = (step) => {
    const [first, last] = [step.firstElementChild, step.lastElementChild].map((one) => one.getBoundingClientRect());
    return Math.max(0, Math.min(innerHeight, last.bottom) - Math.max(free, first.top));
  };
  const steps = [...document.querySelector(".scene").querySelectorAll(".step")];
  const current = steps.findIndex((step) => step.matches(".is-current"));
  return [current, ...steps.map(seen)];
}"""


@pytest.mark.parametrize("slug", scenes())
def test_the_picture_on_a_phone_is_that_of_words_that_can_be_read(browser, address, slug):
    page = browser.new_page(viewport={"width": 360, "height": 740}, reduced_motion="reduce")
    page.goto(f"{address}guide/{slug}/")
    page.locator(".scene").first.scroll_into_view_if_needed()
    page.wait_for_selector(".scene.is-live")
    first, high = page.locator(".scene").first.evaluate("one => [one.offsetTop, one.offsetHeight - 740]")
    lost = []
    for place in range(int(first), int(first + high), 40):
        page.evaluate("to => scrollTo({ top: to, behavior: 'instant' })", place)
        pause(page, 40)
        current, *seen = page.evaluate(WORDS)
        if seen[current] < 20 and max(seen) > 60:
            lost.append((place, current, seen))
    page.close()
    assert high > 700 and lost == []


def test_read_past_a_step_leaves_the_address_and_back_returns_to_the_place_that_was_read(page, address):
    page.set_viewport_size(DESK)
    page.goto(f"{address}guide/{scenes()[0]}/")
    page.evaluate("id => { location.hash = id; }", page.locator(".step").last.get_attribute("id"))
    page.wait_for_function("() => document.querySelector('.scene.is-live .step:last-child.is-current')")
    page.mouse.move(640, 400)
    for _ in range(6):
        page.mouse.wheel(0, 300)
        pause(page, 30)
    page.wait_for_function("() => !location.hash")
    read = page.evaluate("""async () => {
      const frame = () => new Promise(requestAnimationFrame);
      for (let read = null; read !== scrollY; await frame().then(frame)) read = scrollY;
      const read = scrollY;
      location.hash = "three-questions";
      return read;
    }""")
    page.wait_for_function("read => scrollY > read + 500", arg=read)
    page.go_back()
    page.wait_for_function("read => Math.abs(scrollY - read) < 120", arg=read)


@pytest.mark.parametrize("place", ["short/", "whole/"])
def test_a_reload_on_a_page_of_many_scenes_returns_to_the_step(page, address, place):
    page.set_viewport_size(DESK)
    step = page.goto(address + place) and page.locator(".scene").nth(2).locator(".step").nth(3).get_attribute("id")
    page.goto(f"{address}{place}#{step}")
    page.wait_for_function("id => document.getElementById(id).classList.contains('is-current')", arg=step)
    page.mouse.move(640, 400)
    page.mouse.wheel(0, 40)
    pause(page, 200)
    assert step in page.evaluate(NOW)
    page.reload()
    page.wait_for_function("id => document.getElementById(id).classList.contains('is-current')", arg=step)
    pause(page, 400)
    assert page.evaluate(SEEN, [step, SHARE])["read"] and page.url.endswith(f"#{step}")


@pytest.mark.parametrize("size", [PHONE, LOW, DESK], ids=["phone", "low", "desk"])
@pytest.mark.parametrize("slug", scenes())
def test_a_link_to_a_number_in_a_step_brings_that_step(browser, address, slug, size):
    context = browser.new_context(viewport=size, reduced_motion="reduce")
    page = context.new_page()
    page.goto(f"{address}guide/{slug}/")
    inside = page.locator(".step .measured[id]").evaluate_all("all => all.map((a) => [a.id, a.closest('.step').id])")
    for number, step in inside[:: max(1, len(inside) // 6)]:
        page.goto("about:blank")
        page.goto(f"{address}guide/{slug}/#{number}")
        page.wait_for_function("id => document.getElementById(id).classList.contains('is-current')", arg=step)
        box = page.locator(f'[id="{number}"]').bounding_box()
        picture = page.locator(f".scene:has([id='{step}']) .scene-figure").bounding_box()
        covered = picture and picture["width"] > 0.8 * size["width"] and box["y"] < picture["y"] + picture["height"]
        assert not covered and 0 < box["y"] < size["height"], number
        for sheet in (one.bounding_box() for one in page.locator(".popover:visible").all()):
            away = max(sheet["y"] - box["y"] - box["height"], box["y"] - sheet["y"] - sheet["height"])
            assert away < size["height"] / 3, f"{number}: its sheet was left behind"
    context.close()


@pytest.mark.parametrize("size", [(1280, 720), (360, 740)], ids=["desk", "phone"])
def test_a_picture_that_large_letters_leave_no_room_stands_above_its_own_step(browser, address, size):
    context = browser.new_context(viewport=dict(zip(("width", "height"), size)), reduced_motion="reduce")
    page = context.new_page()
    for slug in scenes():
        page.goto(f"{address}guide/{slug}/")
        page.evaluate("""() => { const { style } = document.documentElement;
          style.fontSize = `${parseFloat(getComputedStyle(document.documentElement).fontSize) * 1.5}px`; }""")
        for id in page.locator(".step").evaluate_all("all => all.map((one) => one.id)"):
            page.evaluate("id => { location.hash = id; }", id)
            page.wait_for_function("id => document.getElementById(id).classList.contains('is-current')", arg=id)
            pause(page, 100)
            found = page.evaluate(SEEN, [id, SHARE])
            assert found["read"] and found["tall"] < 0.7, f"{id}: its words are not in sight"
    context.close()


def test_a_phones_own_bars_that_go_and_come_back_do_not_turn_a_scene_over_while_it_is_read(page, address):
    page.set_viewport_size(LOW)
    page.goto(f"{address}guide/data/")
    page.locator(".scene").first.scroll_into_view_if_needed()
    page.wait_for_selector(".scene.is-flat")
    for high in (740, 664):
        page.set_viewport_size(LOW | {"height": high})
        pause(page, 300)
        assert page.locator(".scene.is-flat").count(), high
    page.set_viewport_size(LOW | {"height": 844})  # a window of another size
    page.wait_for_selector(".scene:not(.is-flat)")


def test_a_scene_whose_script_does_not_come_shows_every_frame(page, address):
    page.set_viewport_size(DESK)
    page.route("**/scene.js", lambda route: route.abort())
    page.goto(f"{address}guide/{scenes()[0]}/")
    page.locator(".scene").first.scroll_into_view_if_needed()
    page.wait_for_selector(".scene.is-flat")
    frames = page.locator(".scene .frame")
    assert frames.count() > 1 and all(frame.is_visible() for frame in frames.all())


READ = """() => [...document.querySelector(".scene").querySelectorAll(".frame, .step")].map((one) =>
  (one.dataset.frame ? "frame " : "step ") + (one.dataset.frame ?? one.dataset.step))"""


@pytest.mark.parametrize("script", (False, True), ids=("without script", "in a low window"))
def test_where_a_scene_lies_flat_each_picture_is_read_before_its_step(browser, address, script):
    context = browser.new_context(java_script_enabled=script, viewport={"width": 640, "height": 400})
    page = context.new_page()
    page.goto(address + "guide/data/")
    page.locator(".scene").scroll_into_view_if_needed()
    if script:
        page.wait_for_selector(".scene.is-live")
    steps = [one.removeprefix("step ") for one in page.evaluate(READ) if one.startswith("step")]
    assert page.evaluate(READ) == [f"{kind} {name}" for name in steps for kind in ("frame", "step")]
    context.close()


def test_pictures_that_take_turns_go_back_to_their_steps_on_paper_and_return(page, address):
    page.goto(address + "guide/data/")
    page.locator(".scene").scroll_into_view_if_needed()
    page.wait_for_selector(".scene.is-live")
    gathered = page.evaluate(READ)
    assert [one.split()[0] for one in gathered] == ["frame"] * 6 + ["step"] * 6
    page.evaluate("() => dispatchEvent(new Event('beforeprint'))")
    assert [one.split()[0] for one in page.evaluate(READ)] == ["frame", "step"] * 6
    page.evaluate("() => dispatchEvent(new Event('afterprint'))")
    assert page.evaluate(READ) == gathered
