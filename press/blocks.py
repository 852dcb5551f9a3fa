"""The block words of a page: figure, scene and step, widget, and the sections that every page shares."""

import html
import json
import re
from dataclasses import replace

from press import figure_html, quotes, sentences
from press.fault import Fault, nearest, one_of
from press.number import spelled
from press.skeleton import BLOCK_WORDS
from press.words import attribute


class Blocks:
    """The block words for one page, those that `names` tells."""

    def __init__(self, book, words, figures, alt):
        self.book, self.words, self.figures, self.alt = book, words, figures, alt
        self.scene_now, self.steps = None, {}
        self.questions_asked = 0
        self.shown = []

    def names(self):
        """What templates may call."""
        return {word: getattr(self, word) for word in sorted(BLOCK_WORDS)}

    def figure(self, name, caller=None):
        """A figure with its caption."""
        drawn = self._drawn(name)
        if drawn.scene:
            raise Fault(
                None,
                None,
                f'"{name}" is a scene: its function returns a dict of frames',
                f'write {{% call scene("{name}") %}} with steps',
            )
        self._once(drawn)
        alt = self.alt(drawn)
        told = self._inside(caller, f'the figure "{name}" has no caption')
        drawn = replace(drawn, title=sentences.title(told) or drawn.title)
        self.book.findings[self.words.url, drawn.anchor] = sentences.finding(told)
        shown = self.words.slot(self.figures.figure_top(drawn, alt), "div") + block("figcaption", "", told)
        return block(
            "div",
            f'class="figure" id="{self.words.prefix}{drawn.anchor}"{self.figures.data(drawn, self.words.url)}',
            "\n\n".join(
                (
                    block("figure", f'aria-label="{attribute(drawn.title)}"', shown),
                    self.words.slot(self.figures.figure_end(drawn, self.words.url), "div"),
                )
            ),
        )

    def _drawn(self, name):
        if not isinstance(name, str):
            raise Fault(None, None, f"{name!r} is not a figure's name", "write the name in quotes")
        return self.book.gallery.find(name, self.words.stage)

    def _once(self, drawn):
        if drawn.name in self.shown:
            found, mend = f'"{drawn.name}" stands twice on this page', f"show it once and link to #{drawn.anchor}"
            raise Fault(None, None, found, mend)
        self.shown.append(drawn.name)

    def _inside(self, caller, empty):
        text = caller().strip() if caller else ""
        if not text:
            raise Fault(None, None, empty, "write it between {% call … %} and {% endcall %}")
        return text

    def scene(self, name, caller=None):
        """A figure that stays while its steps pass; until script gathers them, each picture stands before its step."""
        drawn = self._drawn(name)
        if not drawn.scene:
            raise Fault(
                None,
                None,
                f'"{name}" is a figure: its function returns no dict of frames',
                f'write {{% call figure("{name}") %}}',
            )
        if self.scene_now:
            raise Fault(None, None, f'the scene "{name}" stands inside another', "close the first one")
        self._once(drawn)
        self.scene_now, self.steps = drawn, {}
        steps = self._inside(caller, f'the scene "{name}" has no steps')
        alts = {frame: self.alt(drawn, frame) for frame in self.steps}
        frames = self.figures.frames(drawn, alts)
        self.book.slots.update(zip(self.steps.values(), frames, strict=True))
        first = frames[0] + self.figures.controls(drawn, len(frames))
        body = f'<div class="scene-figure" data-slot="{self.book.keep(first)}"></div>\n\n' + block(
            "div", 'class="steps"', steps
        )
        end = self.figures.provenance(drawn, self.words.url, False) + self.figures.table(drawn)
        self.scene_now = None
        return block(
            "section",
            f'class="scene" id="{self.words.prefix}{drawn.anchor}" data-scene="{drawn.name}" '
            f'aria-label="Scene: {attribute(drawn.title)}"',
            block("div", 'class="scene-body"', body) + "\n\n" + self.words.slot(end, "div"),
        )

    def step(self, frame, caller=None):
        """Prose beside one frame of the scene."""
        drawn = self.scene_now
        if drawn is None:
            raise Fault(None, None, f'the step "{frame}" stands outside a scene', "move it into {% call scene(…) %}")
        one_of(drawn.frames, frame, None, None, f'the step "{frame}" names no frame of the scene "{drawn.name}"')
        if frame in self.steps:
            raise Fault(None, None, f'the step "{frame}" stands twice', "give each frame one step")
        self.steps[frame] = self.book.keep("")  # filled when the scene is known to its end
        picture = f'\n\n<div data-slot="{self.steps[frame]}"></div>' if len(self.steps) > 1 else ""
        text = self._inside(caller, f'the step "{frame}" is empty')
        shown = html.escape(frame.replace("_", " "))
        name = "" if text.lstrip().startswith("**") else f'<p class="step-name">{shown}</p>'
        return picture + block(
            "div",
            f'class="step" id="{self.words.prefix}{drawn.name}-{frame}" data-step="{frame}"',
            f"{name}\n\n{text}",
        )

    def widget(self, name, title="", caller=None, still="", **options):
        """An interactive part; its stand-in, named `still`, is for reading without script, on paper and in `whole/`."""
        if not re.fullmatch(r"[a-z][a-z0-9_]*", str(name)):
            raise Fault(None, None, f"{name!r} is not a widget's name", "write the name of a file in docs/widgets")
        if not (self.book.root / "docs" / "widgets" / f"{name}.js").is_file():
            known = sorted(path.stem for path in (self.book.root / "docs" / "widgets").glob("*.js"))
            raise Fault(
                None,
                None,
                f"docs/widgets/{name}.js is not there",
                "mend the name, or write that module",
                nearest(name, known),
            )
        text = self._inside(caller, f'the widget "{name}" has no stand-in for readers without script')
        told = (
            html.escape(json.dumps(options, ensure_ascii=True), quote=True).replace("*", "&#42;").replace("_", "&#95;")
        )
        named = f'<h3 class="still-name" data-search-exclude>{quotes.curled(html.escape(still))}</h3>' if still else ""
        stand_in = block("div", 'class="stand-in"', f"{named}\n\n{self.usable()}\n\n{text}")
        title = title or name.replace("_", " ").capitalize()
        heading = quotes.curled(html.escape(title))
        return (
            block(
                "section",
                f'class="widget" data-widget="{name}" data-options="{told}"',
                f"<h3>{heading}</h3>\n\n{stand_in}",
            )
            + self.below_widget(name, title)
        )

    def usable(self):
        """What stands before a stand-in: where its widget can be used."""
        words = "Where script runs, there is something to try here."
        return f'<p class="no-script" data-search-exclude>{words}</p>'

    def below_widget(self, name, title):
        """The quiet line below a widget: its code, and what it may fetch."""
        return self.words.slot(figure_html.of_widget(self.book, self.words.url, name, title), "div") + "\n\n"

    def predict(self, question, caller=None, short=False):
        """A question whose answer opens on demand; the short form of the page keeps it if asked to."""
        kind = "predict of-short" if short else "predict"
        return details(kind, question, self._inside(caller, f'the prediction "{question}" has no answer'))

    def question(self, question, caller=None):
        """One self-check question."""
        self.questions_asked += 1
        return details("question", question, self._inside(caller, f'the question "{question}" has no answer'))

    def questions(self, caller=None):
        """The self-check questions of a page."""
        self.questions_asked = 0
        text = self._inside(caller, "there are no questions inside questions()")
        count = self.questions_asked
        name = f"{spelled(count).capitalize()} question{'s' * (count != 1)}" if 0 < count <= 10 else "Questions"
        return block("section", 'class="questions"', f"<h2>{name}</h2>\n\n{text}")

    def remember(self, caller=None):
        """What to remember."""
        text = self._inside(caller, "there is nothing to remember inside remember()")
        return block("section", 'class="remember"', f"<h2>What to remember</h2>\n\n{text}")

    def where(self, caller=None):
        """Where the fact is now."""
        text = self._inside(caller, "the fact is nowhere inside where()")
        return block(
            "aside",
            'class="where" aria-label="Where the fact is now"',
            f'<p class="where-name">Where the fact is now</p>\n\n{text}',
        )

    def bridge(self, caller=None):
        """What the short form says in place of what it leaves out; the whole page has said it already."""
        text = self._inside(caller, "there is nothing inside bridge()")
        return block("div", 'class="of-short bridge" data-search-exclude', text)


def block(tag, attributes, text):
    """An HTML block whose inside is Markdown."""
    return f'\n\n<{tag}{" " if attributes else ""}{attributes} markdown="1">\n\n{text}\n\n</{tag}>\n\n'


def details(kind, question, text):
    """A question in a summary, its answer below."""
    return (
        f'\n\n<details class="{kind}" markdown="1">\n<summary markdown="span">{question}</summary>\n\n'
        f"{text}\n\n</details>\n\n"
    )
