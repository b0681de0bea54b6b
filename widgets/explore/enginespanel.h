// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "enginesmodel.h"

#include <core/search/search.h>

#include <QTimer>
#include <QWidget>

#include <memory>
#include <optional>

class QLabel;
class QToolButton;

namespace llmd {

class CopyTableView;
class Document;
class EnginesChart;
class SegmentedBar;

/**
 * What every engine predicts for one option, at the peak or at the mean load. The engines run off the GUI thread while the
 * panel is visible, results appear one by one, and an engine that cannot answer says so in its row.
 */
class EnginesPanel final : public QWidget
{
    Q_OBJECT

public:
    explicit EnginesPanel(Document& document, QWidget* parent = nullptr);
    ~EnginesPanel() override;

    void showOption(std::optional<std::size_t> option);
    [[nodiscard]] bool isRunning() const;

signals:
    void hintChanged(const QString& text);
    void failed(const QString& message);

protected:
    void showEvent(QShowEvent* event) override;
    void hideEvent(QHideEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;

private:
    /** What the present rows are about. */
    struct Subject
    {
        std::shared_ptr<const SearchReport> report;
        std::size_t option = 0;
        bool peak = true;

        bool operator==(const Subject&) const = default;
    };
    void buildLayout();
    void start();
    void ask(const EngineInfo& info);
    void stop();
    void discard();
    void showState();
    void arrangeTable();
    void spanSentences();
    [[nodiscard]] std::optional<Subject> subject() const;

    Document& m_document;
    std::unique_ptr<EnginesModel> m_model;
    std::optional<std::size_t> m_option;
    std::optional<Subject> m_shown;
    QTimer m_delay; ///< a selection that is only passed by starts nothing
    SegmentedBar* m_load;
    QToolButton* m_again;
    QToolButton* m_stop;
    QLabel* m_note;
    CopyTableView* m_table;
    EnginesChart* m_chart;
};

} // namespace llmd
