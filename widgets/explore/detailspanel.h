// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QTabWidget>

#include <optional>

class QPushButton;
class QTextBrowser;

namespace llmd {

class Document;
class EnginesPanel;
class RefusalsPanel;
class StackedBarsChart;
class TimePanel;

/** Everything about the selected option, and why the rest was refused. */
class DetailsPanel final : public QTabWidget
{
    Q_OBJECT

public:
    explicit DetailsPanel(Document& document, QWidget* parent = nullptr);

    void showOption(std::optional<std::size_t> option);
    void showRefusals(); ///< brings that tab to the front

signals:
    void hintChanged(const QString& text);
    void failed(const QString& message);
    void pageRequested(const QString& pageId); ///< a link in the texts leads to another page

protected:
    void changeEvent(QEvent* event) override;

private:
    [[nodiscard]] QWidget* buildOverview();
    [[nodiscard]] QWidget* buildChartTab(StackedBarsChart* chart, QTextBrowser* text);
    [[nodiscard]] QTextBrowser* newText(const QString& name);
    void refresh();
    void refreshMemory();
    void refreshRefusals();
    void toggleChosen();
    void updateChosenButton();

    Document& m_document;
    std::optional<std::size_t> m_option;
    QPushButton* m_choose = nullptr;
    QTextBrowser* m_overview = nullptr;
    QTextBrowser* m_memoryText = nullptr;
    QTextBrowser* m_needText = nullptr;
    StackedBarsChart* m_memoryChart = nullptr;
    TimePanel* m_time = nullptr;
    EnginesPanel* m_engines = nullptr;
    RefusalsPanel* m_refusals = nullptr;
};

} // namespace llmd
