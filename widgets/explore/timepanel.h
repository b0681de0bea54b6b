// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <core/performance/stepexplanation.h>
#include <core/search/search.h>

#include <QWidget>

#include <memory>

class QTextBrowser;

namespace llmd {

class CopyTableView;
class FilterProxy;
class StackedBarsChart;
class TimeModel;

/**
 * Where the time of a decode step and of the first token goes: a bar, every term as a line, and of the current line how
 * it follows and which coefficients, from where, are behind it.
 */
class TimePanel final : public QWidget
{
    Q_OBJECT

public:
    /** `text` is the browser for the explanation, styled like those of the other tabs; the panel takes it. */
    explicit TimePanel(QTextBrowser* text, QWidget* parent = nullptr);
    ~TimePanel() override;

    void showOption(const Option& option, const ResolvedNeed& need, const Catalog& catalog);
    void clear(const QString& html);

signals:
    void hintChanged(const QString& text);
    void failed(const QString& message);

private:
    void buildLayout();
    void showTerm();
    void showBars();

    std::unique_ptr<TimeModel> m_model;
    TimeExplanation m_explanation;
    QString m_current; ///< id of the line that the user looks at
    StackedBarsChart* m_chart;
    CopyTableView* m_table;
    FilterProxy* m_proxy = nullptr;
    QTextBrowser* m_text;
};

} // namespace llmd
