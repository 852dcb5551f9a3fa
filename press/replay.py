"""A cheap part of a frozen stage, measured again."""


def replay(stage, results, kept):
    """Call the stage's replay with its results and whichever other stages it asks for."""
    function = stage.load("stage").replay
    names = function.__code__.co_varnames[: function.__code__.co_argcount + function.__code__.co_kwonlyargcount]
    given = {name: kept[name].results for name in names[1:]}
    return function(results, **given)


def part(results, name, value):
    """The frozen value that a replayed one answers to: lists may be replayed in part, from their beginning."""
    whole = getattr(results, name)
    return whole[: len(value)] if hasattr(value, "__len__") and not isinstance(value, (dict, str)) else whole
