// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <widgets/support/page.h>

#include <QButtonGroup>
#include <QWidget>

#include <vector>

class QVBoxLayout;

namespace llmd {

/** The column of page buttons at the left edge of the window: icon above text, Ctrl+1 … Ctrl+9, arrow keys. */
class PageRail final : public QWidget
{
    Q_OBJECT

public:
    explicit PageRail(const std::vector<PageInfo>& pages, QWidget* parent = nullptr);

    void setCurrent(int index);
    [[nodiscard]] int current() const;

signals:
    void pageChosen(int index);

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    QButtonGroup m_buttons;
};

} // namespace llmd
