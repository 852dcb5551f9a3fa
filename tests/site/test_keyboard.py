"""A page by keyboard alone: every stop is seen where it stands, and what opens can be left again."""

import pytest
from playwright.sync_api import expect

from tests.pause import pause
from tests.site.conftest import ROOT, STAGES
from tests.site.keys import SIZES, focused, standing

pytestmark = pytest.mark.browser
ASIDE = """(label) => {
  const word = document.createRange();
  word.selectNodeContents(label);
  const [a, b] = [word, label.closest(".rail")].map((one) => one.getBoundingClientRect());
  return Math.abs(a.top + a.bottom - b.top - b.bottom);
}"""


@pytest.fixture
def stage(address):
    """The first stage page that has a scene."""
    return address + next(u for u in STAGES if "scene(" in (ROOT / "stages" / u.split("/")[1] / "page.md").read_text())


@pytest.fixture
def opened(browser, stage):
    """The stage page, by size, without motion."""
    contexts = []

    def opener(size="desk"):
        contexts.append(browser.new_context(viewport=SIZES[size], reduced_motion="reduce"))
        page = contexts[-1].new_page()
        page.goto(stage)
        return page

    yield opener
    for context in contexts:
        context.close()


@pytest.mark.parametrize("size", SIZES)
def test_the_focus_is_always_in_sight_from_the_first_link_to_the_last(opened, size):
    page = opened(size)
    for _ in range(800):
        page.keyboard.press("Tab")
        pause(page, 25)  # what had the focus closes what it had opened
        here = standing(page)
        assert here["seen"], f"covered or out of the window: {here['told']}"
        assert here["ring"], f"has the focus and does not show it: {here['told']}"
        if here["last"]:
            return
    raise AssertionError("the footer was not reached")


def test_the_first_stop_skips_to_the_text(opened):
    page = opened()
    page.keyboard.press("Tab")
    assert focused(page, ".md-skip")
    page.wait_for_function("() => getComputedStyle(document.activeElement).opacity === '1'")
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert focused(page, "main *")


def test_the_contents_close_by_escape_and_when_they_are_left(opened):
    page = opened()
    sheet = page.locator(".rail-sheet")
    page.locator(".rail-contents summary").focus()
    page.keyboard.press("Enter")
    expect(sheet).to_be_visible()
    page.keyboard.press("Tab")
    page.keyboard.press("Escape")
    expect(sheet).to_be_hidden()
    assert focused(page, ".rail-contents summary")
    page.keyboard.press("Enter")
    sheet.locator("a").last.focus()
    page.keyboard.press("Tab")
    assert focused(page, "main *")
    expect(sheet).to_be_hidden()


def test_the_search_gives_the_focus_back_to_its_button(opened):
    page = opened()
    page.locator("[data-search-open]").focus()
    page.keyboard.press("Enter")
    expect(page.locator(".md-search__input")).to_be_focused()
    page.keyboard.type("token", delay=20)
    page.locator(".md-search-result__link").first.wait_for()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Escape")
    expect(page.locator("[data-search-open]")).to_be_focused()
    expect(page.locator(".md-search__input")).to_be_hidden()


def test_escape_closes_what_a_pointer_opened_and_leaves_the_focus_where_it_was(opened):
    page = opened()
    for button in ("[data-switch=short]", "[data-palette]"):
        page.locator(f"{button}:visible").focus()
        page.locator("main a.measured").first.hover()
        page.wait_for_selector(".popover:not([hidden])")
        page.keyboard.press("Escape")
        page.wait_for_selector(".popover", state="hidden")
        assert focused(page, button)
        page.mouse.move(0, 0)


def test_a_button_that_has_come_to_its_end_keeps_the_focus(opened):
    page = opened()
    page.locator(".scene").first.scroll_into_view_if_needed()  # a scene starts when it is near
    page.wait_for_selector(".scene.is-live")
    last = page.locator(".scene").first.locator("[data-next]")
    steps = page.locator(".scene").first.locator(".step").count()
    last.focus()
    for _ in range(steps + 1):
        page.keyboard.press("Enter")
    expect(last).to_be_focused()
    expect(last).to_have_attribute("aria-disabled", "true")
    expect(page.locator(".scene-count").first).to_have_text(f"frame {steps} of {steps}")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_one_button_changes_the_colors_and_keeps_the_focus(browser, address, scheme):
    context = browser.new_context(color_scheme=scheme)
    page = context.new_page()
    page.goto(address)
    page.wait_for_function("() => document.querySelector('[data-palette]:not([hidden])')")
    before = page.evaluate("document.body.dataset.mdColorScheme")
    for key in ("Enter", "Space"):
        page.locator("[data-search-open]").focus()
        page.keyboard.press("Tab")
        assert focused(page, "[data-palette]")
        page.keyboard.press(key)
        page.wait_for_function("was => document.body.dataset.mdColorScheme !== was", arg=before)
        page.wait_for_function("() => document.activeElement.matches('[data-palette]:not([hidden])')")
        before = page.evaluate("document.body.dataset.mdColorScheme")
    assert page.locator("[data-palette]:visible").evaluate(ASIDE) < 4, "the word left the rail's line"
    context.close()


def test_a_bare_letter_opens_nothing_and_leaves_no_page(page, address):
    page.goto(address + "about/")
    page.locator("[data-search-open]").hover()
    page.wait_for_function("() => window.component$")  # Material has started
    for key in "fs/pn,.":
        page.keyboard.press(key)
    assert not page.locator("#__search").is_checked() and page.url == address + "about/"


@pytest.mark.parametrize("place", [".rail-tools button", ".rail-contents summary", ".rail-stages a"])
def test_the_ring_of_the_rail_stands_clear_of_the_letters(opened, place):
    room = """(one) => {
      const text = document.createRange(), box = one.getBoundingClientRect();
      text.selectNodeContents(one.firstChild);
      return text.getBoundingClientRect().left - box.left + parseFloat(getComputedStyle(one).outlineOffset);
    }"""
    page = opened()
    target = page.locator(place).first
    target.focus()
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("Tab")
    assert target.evaluate(room) >= 3


AT = "() => [document.activeElement.closest('.step')?.id, document.querySelector('.step.is-current').id]"


def test_who_comes_to_a_scene_by_keys_begins_at_its_first_step(opened):
    page = opened()
    page.locator(".scene").first.scroll_into_view_if_needed()
    page.wait_for_selector(".scene.is-live")
    scene = page.locator(".scene").first
    first = scene.locator(".step").first.get_attribute("id")
    scene.evaluate("""(scene) => {
      const all = [...document.querySelectorAll("main a[href], main button, main summary")];
      const before = all.filter((one) => one.compareDocumentPosition(scene) & Node.DOCUMENT_POSITION_FOLLOWING);
      before.filter((one) => one.checkVisibility()).at(-1).focus();
    }""")
    page.keyboard.press("Tab")
    assert focused(page, "[data-previous]")
    for _ in range(2):
        page.keyboard.press("Tab")
        pause(page, 100)
    assert page.evaluate(AT) == [first, first]


def test_after_next_the_tab_key_goes_on_in_the_step_that_is_shown_and_back_to_the_controls(opened):
    page = opened()
    page.locator(".scene").first.scroll_into_view_if_needed()
    page.wait_for_selector(".scene.is-live")
    scene = page.locator(".scene").first
    ids = scene.locator(".step").evaluate_all("all => all.map((one) => one.id)")
    scene.locator("[data-next]").focus()
    for _ in ids:
        page.keyboard.press("Enter")
    for key in ("Tab", "Tab", "Shift+Tab"):
        page.keyboard.press(key)
        pause(page, 100)  # a jump would be seen by then
        assert page.evaluate(AT) == [ids[-1], ids[-1]], key
    page.keyboard.press("Shift+Tab")
    assert focused(page, "[data-next]")
    page.keyboard.press("Tab")
    page.keyboard.press("ArrowLeft")  # the focus goes along
    assert page.evaluate(AT) == [ids[-2], ids[-2]]
    page.keyboard.press("Shift+Tab")
    assert focused(page, "[data-next]") and not scene.locator(".step [tabindex='0']:not(pre, .table-scroll)").count()


def test_the_tab_key_goes_from_the_search_s_line_through_its_results_and_past_them_closes_it(opened):
    page = opened()
    page.locator("[data-search-open]").focus()
    page.keyboard.press("Enter")
    expect(page.locator(".md-search__input")).to_be_focused()
    page.keyboard.type("keepers", delay=20)
    page.locator(".md-search-result__link").first.wait_for()
    for stop in (".md-search__icon", ".md-search-result__link", ".md-search :is(a, summary)"):
        page.keyboard.press("Tab")
        assert focused(page, stop)
    for stop in (".md-search-result__link", ".md-search__icon"):
        page.keyboard.press("Shift+Tab")
        assert focused(page, stop)
    page.keyboard.press("Space")
    expect(page.locator(".md-search__input")).to_have_value("")
    page.locator(".md-search-result__link").first.wait_for(state="detached")
    for _ in range(3):
        page.keyboard.press("Tab")
        if focused(page, "main *"):
            break
    assert focused(page, "main *")
    expect(page.locator(".md-search__input")).to_be_hidden()


def test_on_a_phone_the_tools_of_the_contents_come_in_the_order_in_which_they_stand(opened):
    page = opened("phone")
    page.locator(".rail-contents summary").focus()
    page.keyboard.press("Enter")
    for stop in ("[data-search-open]", "[data-palette]", "[data-switch=still]", ".rail-reading button"):
        page.keyboard.press("Tab")
        assert focused(page, stop)
    places = page.locator(".rail-sheet :is(button, a)").evaluate_all(
        "all => all.filter((one) => one.offsetWidth).map((one) => Math.round(one.getBoundingClientRect().top))"
    )
    assert places == sorted(places)
    page.set_viewport_size(SIZES["desk"])
    expect(page.locator(".rail-inner > .rail-tools")).to_be_visible()
