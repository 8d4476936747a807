"""The dialog for a file: in the window's language, and beside the window's own events.

What a scanner sends meanwhile reaches the bench: it is opened, and never waited for.
"""

from PySide6.QtCore import QCoreApplication, QLibraryInfo, QLocale, QTranslator
from PySide6.QtWidgets import QFileDialog, QWidget

from app.ui.wording import Wording

_OWN = {
    QFileDialog.DialogLabel.LookIn: "file_dialog.folder",
    QFileDialog.DialogLabel.FileType: "file_dialog.kind",
}
"""What Qt's own Swedish leaves in English."""


def file_dialog(parent: QWidget, title: str, wording: Wording) -> QFileDialog:
    """A dialog to be opened; it ends itself, and gives the window the keys back.

    Args:
        parent: In whose window it is shown.
        title: What it is for.
        wording: Whose language it speaks, as far as the platform lets it.
    """
    words = QTranslator()
    language = QLocale(wording.texts.language.value)
    folder = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
    if words.load(language, "qtbase", "_", folder):
        QCoreApplication.installTranslator(words)
    dialog = QFileDialog(parent, title)
    words.setParent(dialog)
    for label, key in _OWN.items():
        dialog.setLabelText(label, wording.say(key))

    def end() -> None:
        QCoreApplication.removeTranslator(words)
        parent.window().activateWindow()
        dialog.deleteLater()

    dialog.finished.connect(end)
    return dialog
