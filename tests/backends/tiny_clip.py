"""A real CLIP from a configuration: tiny, with random weights, which still tell one colour from another."""

from io import BytesIO

from retail_ai.backends.embedders.transformers_image import TransformersImageEncoder


def tiny_clip(folder):
    """The encoder of a model saved in the folder."""
    import torch
    from transformers import CLIPConfig, CLIPModel
    from transformers.models.clip.image_processing_pil_clip import CLIPImageProcessorPil

    torch.manual_seed(0)
    layer = {"hidden_size": 16, "intermediate_size": 32, "num_hidden_layers": 1, "num_attention_heads": 2}
    text = {**layer, "vocab_size": 50, "max_position_embeddings": 16, "bos_token_id": 0, "eos_token_id": 2}
    config = CLIPConfig(
        text_config={**text, "pad_token_id": 1},
        vision_config={**layer, "image_size": 32, "patch_size": 8},
        projection_dim=12,
    )
    CLIPModel(config).save_pretrained(folder)
    CLIPImageProcessorPil(size={"shortest_edge": 32}, crop_size={"height": 32, "width": 32}).save_pretrained(folder)
    return TransformersImageEncoder(model=str(folder), device="cpu", batch_size=2)


def picture(colour, size=(50, 40)):
    """A file of one colour."""
    from PIL import Image

    file = BytesIO()
    Image.new("RGB", size, colour).save(file, "PNG")
    return BytesIO(file.getvalue())
