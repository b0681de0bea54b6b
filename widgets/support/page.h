// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <QWidget>

namespace llmd {

/** What the page rail shows of a page before the page itself exists. */
struct PageInfo
{
    QString id; ///< stable, e.g. "explore"; also the value of `--page`
    QString title; ///< translated
    QString iconName; ///< of `themedIcon`
    QString toolTip; ///< translated, one sentence
    bool reference =
        false; ///< about the program rather than a step of the plan: at the foot of the rail
};

/**
 * One entry of the page rail. A page gets the Document in its constructor, shows it and changes it only through
 * `Document::edit`. It is built when it is first shown. Failures appear in a StatusBanner on the page.
 */
class Page : public QWidget
{
    Q_OBJECT

public:
    explicit Page(PageInfo info, QWidget* parent = nullptr)
        : QWidget(parent)
        , m_info(std::move(info))
    {
        setObjectName(m_info.id);
        setAccessibleName(m_info.title);
    }

    [[nodiscard]] const PageInfo& info() const { return m_info; }

    /** Called each time the page comes to the front. */
    virtual void activate() { }
    /** Puts the cursor into the field of an issue ("slo.ttft"); false if the page has no such field. */
    [[nodiscard]] virtual bool revealField(const QString& /*fieldId*/) { return false; }

signals:
    /** Asks the window to show another page. */
    void pageRequested(const QString& pageId);
    /** One line for the status bar, such as the gestures of the chart under the pointer; empty clears it. */
    void hintChanged(const QString& text);

private:
    PageInfo m_info;
};

} // namespace llmd
