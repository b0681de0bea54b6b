// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "searchentries.h"

#include <QDialog>

#include <memory>

class QLineEdit;
class QListView;

namespace llmd {

class SearchEntriesModel;

/**
 * A line to type into and what fits it: the way to everything in the program without the mouse. Up, Down and Enter choose, Escape
 * leaves.
 */
class ActionSearch final : public QDialog
{
    Q_OBJECT

public:
    /** The lists are shared, so that those of many options are made once for a report. */
    ActionSearch(std::vector<SearchEntry> program,
                 std::shared_ptr<const std::vector<SearchEntry>> options, QWidget* parent);
    ~ActionSearch() override;

signals:
    /** Emitted when the dialog is closed already; the entry is valid only during the call. */
    void chosen(const llmd::SearchEntry& entry);

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;
    void showEvent(QShowEvent* event) override;

private:
    void find();
    void choose(const QModelIndex& index);

    std::vector<SearchEntry> m_program;
    std::shared_ptr<const std::vector<SearchEntry>> m_options;
    std::unique_ptr<SearchEntriesModel> m_model;
    QLineEdit* m_line;
    QListView* m_view;
};

} // namespace llmd
