"""Every training of the stage: what is finished is found in .cache/training, what was interrupted begins again."""

import numpy as np

from minigpt import chat
from stages.finetune import plans
from stages.finetune.conversations import Author, turns_of
from stages.finetune.ground import stand
from stages.finetune.training import Lesson, train_on


def train_everything(data, tokenize, pretrain):
    """Train all plans, the most wanted first; nothing is measured."""
    ground = stand(data, tokenize, pretrain)
    for plan in plans.ALL:
        trained(ground, plan)


def trained(ground, plan):
    """The run of a plan, made now or earlier."""
    return train_on(lesson(ground, plan)[1], ground.base, ground.config, plan.keep, plan.name)


def lesson(ground, plan):
    """Conversations of a plan, without facts that the base model has no idea of, and pages to replay."""
    written = Author(ground.world, ground.taught, ground.heldout_people, plan.seed).write(plan.counts())
    coded = [chat.encode_turns(ground.tokenizer, turns_of(conversation)) for conversation in written]
    pages, end = np.concatenate(ground.train), ground.tokenizer.specials["<|end|>"]
    return written, Lesson(coded, pages, end, ground.config.context, plan.replay, plan.seed)
