"""Builds real transformers models small enough for a unit test: random weights, a word-level tokenizer, on disk."""

from pathlib import Path

TEXT = "write a text about the colour of red and blue running shoes . jogging shoe , sneakers is tax law end"
WORDS = set(TEXT.split())
CHAT = (
    "{% for m in messages %}<|{{ m['role'] }}|> {{ m['content'] }} <|end|> {% endfor %}"
    "{% if add_generation_prompt %}<|assistant|>{% endif %}"
)


def save_tokenizer(folder: Path, chat: bool) -> int:
    """A tokenizer of whole words; unknown ones are [UNK]. Returns the size of its vocabulary."""
    from tokenizers import Tokenizer, models, pre_tokenizers
    from transformers import PreTrainedTokenizerFast

    special = ["[PAD]", "[UNK]", "<|end|>", "<|system|>", "<|user|>", "<|assistant|>"]
    vocabulary = {word: number for number, word in enumerate(special + sorted(WORDS))}
    tokenizer = Tokenizer(models.WordLevel(vocabulary, unk_token="[UNK]"))
    tokenizer.pre_tokenizer = pre_tokenizers.Whitespace()
    fast = PreTrainedTokenizerFast(
        tokenizer_object=tokenizer,
        pad_token="[PAD]",
        unk_token="[UNK]",
        eos_token="<|end|>",
        additional_special_tokens=special[3:],
    )
    if chat:
        fast.chat_template = CHAT
    fast.save_pretrained(folder)
    return len(vocabulary)


def save_encoder(folder: Path) -> Path:
    """A BERT of 2 layers and 32 numbers."""
    from transformers import BertModel

    return _save_bert(folder, BertModel)


def save_cross_encoder(folder: Path) -> Path:
    """The same with one output: a query and a text together give a score."""
    from transformers import BertForSequenceClassification

    return _save_bert(folder, BertForSequenceClassification, num_labels=1)


def _save_bert(folder: Path, model: type, **options: int) -> Path:
    import torch
    from transformers import BertConfig

    size = save_tokenizer(folder, chat=False)
    torch.manual_seed(0)
    config = BertConfig(
        vocab_size=size,
        hidden_size=32,
        num_hidden_layers=2,
        num_attention_heads=2,
        intermediate_size=64,
        max_position_embeddings=64,
        pad_token_id=0,
        **options,
    )
    model(config).save_pretrained(folder)
    return folder


def save_language_model(folder: Path) -> Path:
    """A Llama of 2 layers and 32 numbers, with a chat template."""
    import torch
    from transformers import LlamaConfig, LlamaForCausalLM

    size = save_tokenizer(folder, chat=True)
    torch.manual_seed(0)
    config = LlamaConfig(
        vocab_size=size,
        hidden_size=32,
        num_hidden_layers=2,
        num_attention_heads=2,
        num_key_value_heads=1,
        intermediate_size=64,
        max_position_embeddings=256,
        pad_token_id=0,
        eos_token_id=2,
        bos_token_id=2,
        initializer_range=0.5,
    )
    LlamaForCausalLM(config).save_pretrained(folder)
    return folder
