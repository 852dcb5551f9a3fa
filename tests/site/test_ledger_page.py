"""The ledger, panels and provenance in a browser: by keyboard, by its accessibility tree, without script, on paper."""

import re

import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.browser
LEDGER = "guide/ledger/"


@pytest.fixture
def ledger(page, address):
    page.goto(address + LEDGER)
    page.locator(".ledger-found", has_text="entries").wait_for()
    return page


LEFT = ".entry[data-kind]:not([hidden])"


def shown(page):
    return page.locator(LEFT).count()


def test_the_ledger_is_narrowed_by_words_and_by_every_field_and_shows_all_again(ledger):
    everything = shown(ledger)
    assert ledger.locator(".ledger-found").text_content() == f"{everything} entries"
    ledger.locator("[data-ledger] input").fill("llama TOKENS")
    told = ledger.locator(LEFT).all_text_contents()
    assert 0 < len(told) < everything and all("llama" in text.lower() and "token" in text.lower() for text in told)
    ledger.locator("[data-ledger] button").click()
    expect(ledger.locator(".ledger-found")).to_have_text(f"{everything} entries")
    for field in ("kind", "stage", "source", "status"):
        choice = ledger.locator(f"select[name={field}]")
        value = choice.locator("option").nth(1).get_attribute("value")
        choice.select_option(value)
        left = ledger.locator(LEFT)
        kept = left.evaluate_all("(all, field) => all.map((one) => one.dataset[field])", field)
        assert 0 < len(kept) < everything and all(value in one.split(" ") for one in kept), field
        choice.select_option("")


def test_groups_are_folded_and_a_filter_opens_those_with_something_left_and_counts_it(ledger):
    groups = ledger.locator(".ledger-group")
    assert groups.count() > 10 and not ledger.locator(".ledger-group[open]").count()
    assert ledger.evaluate("document.documentElement.scrollHeight") < 8_000
    ledger.locator("[data-ledger] input").fill("inside_share")
    expect(ledger.locator(".entry[data-kind]:visible")).to_have_count(1)
    assert ledger.locator(".ledger-group:visible .count").all_text_contents() == ["1"]
    assert "95" in ledger.locator(".entry[data-kind]:visible .says b").text_content()
    ledger.locator("[data-ledger] button").click()
    expect(ledger.locator(".ledger-group[open]")).to_have_count(0)
    groups.first.locator("summary").click()
    assert ledger.locator(".entry[data-kind]:visible").count() == int(groups.first.locator(".count").text_content())


@pytest.mark.parametrize("scripted", [True, False], ids=["with script", "without"])
def test_a_number_leads_to_its_entry_and_lands_on_it(browser, address, scripted):
    context = browser.new_context(java_script_enabled=scripted)
    page = context.new_page()
    page.goto(address + "guide/sample/")
    link = page.locator('a.measured[href$="#sample.draws.inside_share"]')
    page.goto(address + LEDGER + "#" + link.get_attribute("href").split("#")[1])
    target = page.locator('[id="sample.draws.inside_share"]')
    expect(target).to_be_in_viewport()
    assert page.locator(".ledger-group[open]").count() == (1 if scripted else page.locator(".ledger-group").count())
    context.close()


def test_on_paper_every_entry_is_printed(ledger):
    ledger.evaluate("dispatchEvent(new Event('beforeprint'))")
    ledger.emulate_media(media="print")
    assert ledger.locator(".entry[data-kind]:visible").count() == shown(ledger)
    ledger.evaluate("dispatchEvent(new Event('afterprint'))")
    ledger.emulate_media(media="screen")
    assert not ledger.locator(".ledger-group[open]").count()


def test_the_corrections_are_narrowed_by_verdict_and_words(page, address):
    page.goto(address + "corrections/")
    found = page.locator(".ledger-found")
    found.filter(has_text="rows").wait_for()
    rows = page.locator(".correction[data-verdict]:visible")
    everything = rows.count()
    page.locator("select[name=verdict]").select_option("wrong")
    verdicts = page.locator(".correction[data-verdict]:visible .verdict").all_text_contents()
    assert 0 < len(verdicts) < everything and set(verdicts) == {"Wrong."}
    page.locator("[data-ledger] input").fill("GPT-4's \"running\"")
    expect(found).to_have_text(f"1 of {everything} rows")
    page.locator("[data-ledger] input").fill("strawberry")
    expect(found).to_have_text(f"0 of {everything} rows")
    assert not page.locator(".ledger-part:visible, #left-out:visible").count()
    page.goto(address + "corrections/#strawberry-in-three")
    expect(page.locator("#strawberry-in-three")).to_be_in_viewport()


def test_a_link_to_an_entry_that_is_filtered_away_shows_it(ledger):
    ledger.locator("select[name=kind]").select_option("measured")
    ledger.evaluate("location.hash = '#gpt2-vocabulary'")
    expect(ledger.locator("#gpt2-vocabulary")).to_be_in_viewport()


def test_without_script_the_ledger_is_the_whole_list(browser, address):
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(address + LEDGER)
    assert not page.locator("[data-ledger]").is_visible()
    assert page.locator("#gpt2-vocabulary .says").is_visible()
    context.close()


@pytest.fixture
def marker(page, address):
    """A cited number of a stage page, with the page."""
    page.goto(address + "guide/tokenize/")
    return page, page.locator("a.claim:not(.cite)").first


def test_a_panel_opens_by_keyboard_is_read_aloud_and_gives_the_focus_back(marker):
    page, link = marker
    expect(link).to_have_attribute("aria-haspopup", "dialog")
    link.focus()
    assert not link.get_attribute("aria-describedby")  # passing a marker by key is no reading
    page.keyboard.press("Enter")
    panel = page.get_by_role("dialog", name="Where this comes from")
    expect(panel).to_be_visible()
    expect(link).to_have_attribute("aria-expanded", "true")
    tree = panel.aria_snapshot()
    for term in ("source", "where", "printed as", "read", "checked", "In the ledger"):
        assert term in tree, tree
    expect(panel).to_be_focused()  # so it is read from its beginning
    expect(panel).to_have_accessible_description(panel.locator(".says").text_content())
    page.keyboard.press("Tab")
    assert panel.evaluate("(panel) => panel.contains(document.activeElement)")
    page.keyboard.press("Escape")
    expect(panel).to_be_hidden()
    expect(link).to_be_focused()
    expect(link).to_have_attribute("aria-expanded", "false")


def test_a_panel_says_the_claim_in_full_and_what_else_leans_on_it(marker):
    page, _ = marker
    page.locator('a.claim[href="#cite-gpt2-vocabulary"]').first.click()
    panel = page.locator(".popover")
    for told in ("use a vocabulary of 50,257 entries.", "“50257”", "recomputed", "also used in", "leads to"):
        assert told in panel.text_content()
    assert panel.locator("dd a[href*='blob/HEAD/tiktoken_ext/openai_public.py']").is_visible()


@pytest.mark.parametrize("width", [1280, 360])
def test_a_tall_panel_ends_in_the_window_and_its_last_link_can_be_reached(page, address, width):
    page.set_viewport_size({"width": width, "height": 560})
    page.goto(address + "guide/data/")
    link = page.locator('a.claim[href="#cite-fineweb-stage-count"]').first
    link.evaluate("(one) => { one.scrollIntoView({ block: 'center' }); one.click(); }")
    panel, rail = page.locator(".popover"), page.locator(".rail").bounding_box()
    box, line = panel.bounding_box(), link.bounding_box()
    assert rail["height"] <= box["y"] and box["y"] + box["height"] <= 560
    assert box["y"] >= line["y"] + line["height"] or box["y"] + box["height"] <= line["y"]
    assert panel.evaluate("(one) => one.scrollHeight > one.clientHeight")
    panel.get_by_text("In the ledger").scroll_into_view_if_needed()
    expect(panel.get_by_text("In the ledger")).to_be_in_viewport()


def test_a_value_of_ours_says_which_result_of_which_stage_it_is(page, address):
    page.goto(address + "guide/sample/")
    page.locator('a.measured[href$="#sample.draws.inside_share"]').first.click()
    told = page.locator(".popover").text_content()
    for part in ("We computed this ourselves", "draws.inside_share of stages/sample"):
        assert part in told, told
    says = page.locator('a.measured[href$="#sample.draws.inside_share"]').first.get_attribute("data-says")
    assert page.locator(".popover .says").text_content().lower() == f"part of: {says.lower()}."
    page.goto(address + "guide/pretrain/")
    page.locator('a.measured[href$="#compute-distance"]').first.evaluate("(link) => link.click()")
    told = page.locator(".popover").text_content()
    assert "hundreds of billions of times" in told and "llama405-compute / pretrain.train_flops" in told


def test_copied_text_keeps_a_number_apart_from_its_marker(marker):
    page, link = marker
    copied = link.evaluate("""(link) => {
        const range = document.createRange();
        range.selectNode(link);
        getSelection().removeAllRanges();
        getSelection().addRange(range);
        return getSelection().toString();
    }""")
    assert re.fullmatch(r"[\d,.]+.*\s\[\d+\]", copied), copied
    assert link.locator(".mark").first.evaluate("(mark) => mark.getBoundingClientRect().width") == 0


def test_on_paper_and_without_script_a_claim_is_a_footnote(browser, address):
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(address + "guide/tokenize/")
    page.emulate_media(media="print")
    note = page.locator("#cite-gpt2-vocabulary")
    assert note.is_visible() and "tiktoken" in note.text_content()
    page.emulate_media(media="screen")
    page.locator('a.claim[href="#cite-gpt2-vocabulary"]').first.click()
    expect(note).to_be_in_viewport()
    context.close()


@pytest.mark.parametrize("place, figure", [("guide/pretrain/", "worth"), ("guide/sample/", "one_draw")])
def test_the_browser_works_a_figure_out_again_and_the_keyboard_stands_there(page, address, place, figure):
    page.goto(address + place)
    page.locator(f'[data-recheck][data-figure="{figure}"]').press("Enter")
    expect(page.locator(".recheck button")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator(".recheck [role=log]")).to_contain_text(re.compile(r"\d+ of \d+ matched"), timeout=120_000)
    assert not page.locator(".recheck-list .differs, .recheck-list .fault").count()
    assert page.locator(".recheck-list .matched").count()
    assert page.evaluate("document.activeElement.closest('.recheck') !== null")


def test_the_report_says_what_its_button_does_and_what_was_computed_only_once_it_was(page, address):
    page.goto(address + "report/")
    widget, told = page.locator(".widget"), page.locator(".widget + .of-widget > span")
    widget.scroll_into_view_if_needed()
    widget.get_by_role("button", name="Fetch the base model").wait_for()
    assert widget.locator("p:visible", has_text="For each it says whether").count() == 1 and not told.is_visible()
    widget.get_by_role("button", name="Fetch the base model").click()
    expect(told).to_be_visible(timeout=120_000)
    expect(widget.locator(".recheck-list li").first).to_be_visible()


def test_a_recheck_that_does_not_come_says_so(page, address):
    page.route("**/recheck.js", lambda route: route.abort())
    page.goto(address + "guide/pretrain/")
    asks = page.locator('[data-recheck][data-figure="worth"]')
    asks.click()
    expect(asks).to_have_text("could not load; reload the page")
    assert asks.get_attribute("aria-label") == "could not load; reload the page: Good guessing is good packing"


def test_a_recheck_that_does_not_match_says_so(page, address):
    def altered(route):
        answer = route.fetch()
        made = answer.json()
        for check in made["checks"]:
            check["expected"] = [value + 0.01 for value in check["expected"]]
        route.fulfill(response=answer, json=made)

    page.route("**/assets/pretrain/recheck.json", altered)
    page.goto(address + "guide/pretrain/")
    page.locator('[data-recheck][data-figure="worth"]').click()
    page.locator(".recheck button").click()
    expect(page.locator(".recheck-list .differs").first).to_be_visible(timeout=120_000)
    assert "apart by" in page.locator(".recheck-list").text_content()


def test_provenance_names_the_code_the_seed_the_digests_and_the_command(page, address):
    page.goto(address + "guide/pretrain/")
    made = page.locator("#fig-worth details.made")
    made.locator("summary").click()
    told = made.text_content()
    for part in ("stages/pretrain/stage.py", "stages/pretrain/figures.py, worth", "seed", "numpy", "sha256",
                 "python build_site.py --refreeze pretrain"):  # fmt: skip
        assert part in told
    assert page.locator("#fig-worth .provenance a[download]").count() == 2
