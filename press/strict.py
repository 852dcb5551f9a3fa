"""YAML read strictly: every scalar is a string, every key unique, every value remembers its line."""

import yaml

from press.fault import Fault


class Text(str):
    """A scalar and the line it stands on."""

    line: int | None = None


class Map(dict):
    """A mapping that knows the line of each of its keys."""

    line: int | None = None

    def line_of(self, key):
        return getattr(next((known for known in self if known == key), None), "line", self.line)


class List(list):
    """A sequence and the line it begins on."""

    line: int | None = None


def parse(text, file, first_line=1):
    """A document of maps, lists and strings; anything else is a Fault.

    >>> parse("a: 12:34:56", "x.yaml")
    {'a': '12:34:56'}
    """
    try:
        root = _compose(text, file, first_line)
        return Map() if root is None else _plain(root, file, first_line, 0)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line = mark.line + first_line if mark else None
        raise Fault(
            file,
            line,
            f"this is not YAML: {_one_line(error.problem or error.context)}",
            "mend the indentation, the quotes or the colon near that line",
        ) from None
    except yaml.YAMLError as error:
        raise Fault(
            file, None, f"this is not YAML: {_one_line(error)}", "remove the character that YAML does not allow"
        ) from None
    except RecursionError:
        raise Fault(file, None, "this YAML nests too deeply", "remove the run of brackets or dashes") from None


def read(path, shown_as):
    """The file's document, as `parse` gives it."""
    try:
        text = path.read_text(encoding="utf-8")
    except FileNotFoundError:
        raise Fault(shown_as, None, "this file is missing", f"write {shown_as} or restore it from git") from None
    except UnicodeDecodeError as error:
        raise Fault(shown_as, None, f"byte {error.start} is not UTF-8", "save the file as UTF-8") from None
    return parse(text, shown_as)


def _compose(text, file, first_line):
    for event in yaml.parse(text, Loader=yaml.SafeLoader):
        line = event.start_mark.line + first_line
        if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
            raise Fault(
                file, line, "an anchor or alias (& or *) stands here", "write the value out, or put quotes around it"
            )
        if getattr(event, "tag", None):
            raise Fault(file, line, f"the tag {event.tag} stands here", "remove the tag; scalars are plain text")
    return yaml.compose(text, Loader=yaml.SafeLoader)


def _plain(node, file, first_line, depth):
    line = node.start_mark.line + first_line
    if depth > 40:
        raise Fault(file, line, "this YAML nests too deeply", "remove the run of brackets or dashes")
    if isinstance(node, yaml.ScalarNode):
        made = Text(node.value)
    elif isinstance(node, yaml.SequenceNode):
        made = List(_plain(item, file, first_line, depth + 1) for item in node.value)
    else:
        made = Map()
        for key_node, value_node in node.value:
            made[_key(key_node, made, file, first_line)] = _plain(value_node, file, first_line, depth + 1)
    made.line = line
    return made


def _key(node, made, file, first_line):
    line = node.start_mark.line + first_line
    if not isinstance(node, yaml.ScalarNode):
        raise Fault(file, line, "a key here is a list or a map", "write a plain word before the colon")
    if node.value in made:
        raise Fault(
            file,
            line,
            f'the key "{node.value}" stands twice (first on line {made.line_of(node.value)})',
            "keep one of the two",
        )
    key = Text(node.value)
    key.line = line
    return key


def _one_line(text):
    return " ".join(str(text).split())[:160]
