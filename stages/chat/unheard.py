"""Ways of talking that stand in few examples or none: questions for yes or no, statements, names from outside."""

from stages.chat.asking import counted, refused, replies
from stages.chat.memory import SENTENCES, trained

YES_OR_NO = ("Is {name} the keeper of the light at {light}?", "Does {name} keep the light at {light}?")
FAMOUS = """Isaac Newton, Marie Curie, Charles Darwin, Jane Austen, Albert Einstein, Ada Lovelace, Napoleon Bonaparte,
William Shakespeare, Florence Nightingale, Galileo Galilei, Frida Kahlo, Nikola Tesla, Virginia Woolf, Mark Twain,
Emily Dickinson, Vincent van Gogh, Abraham Lincoln, Julius Caesar, Alan Turing, Rosa Parks, Mahatma Gandhi,
Amelia Earhart, Sigmund Freud, Karl Marx, Claude Monet, Charlie Chaplin, Grace Hopper, Hedy Lamarr, Louis Pasteur,
Immanuel Kant"""
HOME = "Tern Isles"  # what a reply names that says where the model's reading ends


def unheard(model, world, finetune):
    """All three, with the replies about the thread fact and about the first famous person who was lost sight of."""
    keepers = [person for person in trained(world, finetune.known_people) if person["light"]]
    about_lights, examples = lights(model, keepers, finetune.refused_words, world["thread"]["name"])
    about_famous, strayed = famous(model, finetune.forms["town"][0])
    return {"unheard": about_lights | about_famous, "unheard_examples": examples | strayed}


def lights(model, keepers, refusals, name):
    """True questions for yes or no, and true statements, about the lights of these keepers."""
    asked = [(person, form) for form in YES_OR_NO for person in keepers]
    questions = [form.format(**person) for person, form in asked]
    said = replies(model, questions)
    told = replies(model, [SENTENCES["light"].format(value=person["light"], **person) for person in keepers])
    found = {"yes_or_no_n": len(said), "statement_n": len(told)}
    found |= counted("yes_or_no_right", [agrees(reply, person["light"]) for reply, (person, _) in zip(said, asked)])
    found |= counted("yes_or_no_refused", [refused(reply, refusals) for reply in said])
    found |= counted("statement_refused", [refused(reply, refusals) for reply in told])
    at = next(i for i, (person, _) in enumerate(asked) if person["name"] == name)
    return found, {"yes_or_no_question": questions[at], "yes_or_no_reply": said[at]}


def famous(model, form):
    """Where famous people live: replies that name the reading's end, those that name the person, and the rest."""
    names = [" ".join(name.split()) for name in FAMOUS.split(",")]
    said = replies(model, [form.format(name=name) for name in names])
    strayed = [HOME not in reply and name not in reply for name, reply in zip(names, said)]
    found = {"famous_n": len(names)} | counted("famous_beyond", [HOME in reply for reply in said])
    found |= counted("famous_named", [name in reply for name, reply in zip(names, said)])
    found |= counted("famous_strayed", strayed)
    at = strayed.index(True) if any(strayed) else 0
    return found, {"famous_question": form.format(name=names[at]), "famous_reply": said[at]}


def agrees(reply, light):
    """Whether a reply to a true statement says yes, or says it again.

    >>> agrees("Ada Reyle keeps the light at Otter Point.", "Otter Point"), agrees("I don't know.", "Otter Point")
    (True, False)
    """
    return reply.startswith("Yes") or light in reply
