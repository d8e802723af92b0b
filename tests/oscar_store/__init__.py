"""A third shop: real Django-oscar with a forked catalogue, integer keys, parents and children, guests."""
