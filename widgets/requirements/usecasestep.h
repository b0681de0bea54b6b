// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "step.h"

#include <core/catalog/usecase.h>

#include <QAbstractButton>

#include <vector>

class QButtonGroup;
class QGridLayout;
class QLineEdit;
class QToolButton;

namespace llmd {

/** A use case as a card: name, description, expected lengths and targets. */
class UseCaseCard final : public QAbstractButton
{
    Q_OBJECT

public:
    UseCaseCard(const UseCase& useCase, QWidget* parent);

    [[nodiscard]] const std::string& id() const { return m_id; }
    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override { return sizeHint(); }

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    void paintFigures(QPainter& painter, QRect area) const;

    std::string m_id;
    QString m_description;
    QString m_lengths;
    QString m_targets;
};

/** Step 1: a title, and the use case that everything which is not stated follows from. */
class UseCaseStep final : public Step
{
    Q_OBJECT

public:
    UseCaseStep(Document& document, QWidget* parent);

    void refresh() override;
    [[nodiscard]] StepSummary summary() const override;
    [[nodiscard]] bool reveal(const QString& field) override;

protected:
    void resizeEvent(QResizeEvent* event) override;

private:
    void addTitleField();
    void arrangeCards();
    void resetDerivedValues();

    QLineEdit* m_title = nullptr;
    QButtonGroup* m_group = nullptr;
    QGridLayout* m_grid = nullptr;
    std::vector<UseCaseCard*> m_cards;
    int m_columns = 0;
    QLabel* m_kept = nullptr;
    QToolButton* m_resetAll = nullptr;
};

} // namespace llmd
