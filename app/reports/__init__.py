"""Models into PDF: the repair report, the command sheet, badges (docs/adr/0007).

Nothing here decides or looks up; what a page says comes from a model and the texts of one language.
"""
