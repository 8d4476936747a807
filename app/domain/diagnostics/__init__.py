"""What a diagnostic tool said of a product: reference codes, and the files of two other tools.

A file or a link becomes one `DiagnosticsRun`. Only values that are known to be no person's own and
that have the form expected of them get into it; everything else is left where it was.
"""
