// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <widgets/support/page.h>

#include <QDockWidget>

class QTextBrowser;

namespace llmd {

/** What a page does and where its numbers come from, as HTML without links to anywhere. Every page has a text. */
[[nodiscard]] QString pageHelp(const PageInfo& page);

/** The help beside the page (F1): first about the field that has the cursor, then about the page. */
class HelpPanel final : public QDockWidget
{
    Q_OBJECT

public:
    explicit HelpPanel(QWidget* parent);

    /** `field` may be nullptr. */
    void showHelp(const PageInfo& page, const QWidget* field);
    /** Shows or hides it; asked for again while another field has the cursor, it goes on to that field. */
    void toggle(const Page& page);

private:
    QTextBrowser* m_text;
    const QWidget* m_field = nullptr; ///< that it was shown for; only compared
};

} // namespace llmd
