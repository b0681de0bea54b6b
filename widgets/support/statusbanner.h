// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <core/base/error.h>
#include <core/base/issue.h>

#include <QFrame>

class QAction;
class QHBoxLayout;
class QLabel;
class QToolButton;

namespace llmd {

/**
 * A message inside a page: what happened, why, and what to do, with buttons for what can be done. Used instead of message
 * boxes for everything that does not threaten data. Hidden until it has something to say.
 */
class StatusBanner final : public QFrame
{
    Q_OBJECT

public:
    enum class Kind { Information, Success, Warning, Error };

    explicit StatusBanner(QWidget* parent = nullptr);

    /** Replaces message and actions and shows the banner. `text` is plain text, never markup. */
    void showMessage(Kind kind, const QString& text, const QList<QAction*>& actions = {});
    void showError(const Error& error, const QList<QAction*>& actions = {});
    void dismiss();
    [[nodiscard]] QString text() const;
    [[nodiscard]] Kind kind() const { return m_kind; }
    /** Whether the user may close it; on by default. */
    void setClosable(bool closable);

signals:
    void dismissed(); ///< by the user

protected:
    void paintEvent(QPaintEvent* event) override;
    void changeEvent(QEvent* event) override;

private:
    void updateLook();

    Kind m_kind = Kind::Information;
    QLabel* m_icon;
    QLabel* m_text;
    QHBoxLayout* m_buttons;
    QToolButton* m_close;
};

} // namespace llmd
