"""The base of the product register: a file of its own, made by a big import (docs/adr/0018)."""
