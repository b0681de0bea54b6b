// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDialog>

class QLabel;
class QLineEdit;
class QPlainTextEdit;
class QPushButton;
class QSpinBox;

namespace llmd {

class Document;
class Settings;
class StatusBanner;

/** Asks what a review report of the ranked options is to hold besides them, and writes it off the GUI thread. */
class ReviewDialog final : public QDialog
{
    Q_OBJECT

public:
    ReviewDialog(Document& document, Settings& settings, QWidget* parent = nullptr);

    /** In the format of the suffix; a failure shows in the dialog, success closes it. */
    void saveTo(const QString& path);

signals:
    void saved(const QString& path);

private:
    void buildLayout();
    void askSave();
    void askLogo();

    Document& m_document;
    Settings& m_settings;
    StatusBanner* m_banner;
    QLineEdit* m_title;
    QPlainTextEdit* m_notes;
    QSpinBox* m_options;
    QLineEdit* m_logo;
    QPushButton* m_save;
};

} // namespace llmd
