// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <core/search/search.h>

#include <QWidget>

#include <memory>

class QLabel;

namespace llmd {

class CopyTableView;
class RefusalsModel;

/** Why the rest was refused: constraints with their counts, and the candidate that came nearest to meeting each. */
class RefusalsPanel final : public QWidget
{
    Q_OBJECT

public:
    explicit RefusalsPanel(QWidget* parent = nullptr);
    ~RefusalsPanel() override;

    void setReport(const std::shared_ptr<const SearchReport>& report);

private:
    void showNearest();

    std::unique_ptr<RefusalsModel> m_model;
    QLabel* m_summary;
    CopyTableView* m_view;
    QLabel* m_nearest;
};

} // namespace llmd
