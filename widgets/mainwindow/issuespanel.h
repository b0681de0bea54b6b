// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <core/base/issue.h>

#include <QDockWidget>

#include <memory>

namespace llmd {

class CopyTableView;
class IssuesModel;

/** All findings of the document; activating one goes to its field. */
class IssuesPanel final : public QDockWidget
{
    Q_OBJECT

public:
    explicit IssuesPanel(QWidget* parent = nullptr);
    ~IssuesPanel() override;

    void setIssues(const std::vector<Issue>& issues);
    [[nodiscard]] int count(Severity severity) const;

signals:
    void fieldRequested(const QString& fieldId);

private:
    std::unique_ptr<IssuesModel> m_model;
    CopyTableView* m_view;
};

} // namespace llmd
