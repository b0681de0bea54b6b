// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <core/search/search.h>
#include <core/search/splitgrid.h>

#include <QObject>
#include <QString>
#include <QTimer>

#include <memory>
#include <optional>

namespace llmd {

class Document;

/** Computes the splits into prefill and decode servers of the option that the user looks at, off the GUI thread. */
class SplitSampler final : public QObject
{
    Q_OBJECT

public:
    explicit SplitSampler(Document& document, QObject* parent = nullptr);
    ~SplitSampler() override;

    /** Asks for the grid of an option of the report under the ranked targets; nothing = there is none to show. */
    void request(std::optional<std::size_t> option);
    /** The newest grid, or nullptr while there is none. */
    [[nodiscard]] const std::shared_ptr<const SplitGrid>& grid() const { return m_grid; }
    /** Why there is none. */
    [[nodiscard]] const QString& reason() const { return m_reason; }

signals:
    void changed();

private:
    void start();
    void give(std::shared_ptr<const SplitGrid> grid, const QString& reason);

    Document& m_document;
    std::shared_ptr<const SplitGrid> m_grid;
    QString m_reason;
    std::optional<std::size_t> m_wanted;
    QString m_shownId; ///< option of the present grid
    std::shared_ptr<const SearchReport> m_shownReport; ///< that it is an option of
    QTimer m_settle; ///< walking down a list must not start a computation per row
};

} // namespace llmd
