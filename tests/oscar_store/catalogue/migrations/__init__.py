"""Oscar's own migrations, which a fork copies, and the shop's one after them."""

from pathlib import Path

import oscar.apps.catalogue

__path__ = [*__path__, str(Path(oscar.apps.catalogue.__file__).parent / "migrations")]
