"""The checkpoint that the chat loads."""


def chat(finetune):
    """The finetuned model, int8 by row: the very file that every measurement about it was made on."""
    return ".safetensors", finetune.chat
