"""``python -m app.data.queries``: compile every statement into `app.data.compiled`."""

import sys

from app.data.queries.compiling import COMPILED, modules

if __name__ == "__main__":
    for name, text in modules().items():
        (COMPILED / f"{name}.py").write_text(text, encoding="utf-8")
        sys.stdout.write(f"{name}\n")
