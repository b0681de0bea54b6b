// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <widgets/support/page.h>

class QGridLayout;
class QLabel;
class QVBoxLayout;

namespace llmd {

class Document;
class RecentFiles;
class Settings;

/**
 * What the window shows while there is no plan: ways to begin one, the plans of last time, samples. It asks the window for
 * everything, because only the window may replace a plan that has unsaved changes.
 */
class StartPage final : public Page
{
    Q_OBJECT

public:
    StartPage(Document& document, Settings& settings, QWidget* parent = nullptr);

    [[nodiscard]] static PageInfo pageInfo();
    void activate() override;

signals:
    void newPlanRequested(const QString& useCaseId); ///< empty for one without a use case yet
    void describeRequested(); ///< a plan from words
    void openRequested(const QString& path); ///< empty: the window asks which
    void sampleRequested(const QString& resourcePath);
    void tourRequested();

private:
    [[nodiscard]] QWidget* buildContent();
    void addWays(QVBoxLayout& column);
    void addUseCases(QVBoxLayout& column);
    void addRecent(QVBoxLayout& column);
    void addSamples(QVBoxLayout& column);
    void fillUseCases();
    QLabel* addHeading(QVBoxLayout& column, const QString& text);

    Document& m_document;
    Settings& m_settings;
    RecentFiles* m_recent = nullptr;
    QGridLayout* m_useCases = nullptr;
};

} // namespace llmd
