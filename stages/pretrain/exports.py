"""The two checkpoints that the browser loads: the finished base model, and the same model early in its training."""


def base(pretrain):
    """The base model, int8 by row: the very file that every measurement about it was made on."""
    return ".safetensors", pretrain.base


def early(pretrain):
    """The model after the early checkpoint's steps."""
    return ".safetensors", pretrain.early
