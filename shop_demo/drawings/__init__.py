"""Pictures of products and departments, drawn by our own code as SVG from what the shop states of them.

``kinds`` decides what to draw, ``colours`` in which colour, the other files hold the shapes. No file is read and
nothing of a product enters the picture but numbers, known colours and escaped words.
"""

from shop_demo.drawings.canvas import draw_department, draw_product

__all__ = ["draw_department", "draw_product"]
