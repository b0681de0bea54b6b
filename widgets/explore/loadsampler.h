// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <core/search/loadcurve.h>
#include <core/search/search.h>

#include <QObject>
#include <QString>
#include <QTimer>

#include <memory>
#include <optional>

namespace llmd {

class Document;

/** How a deployment does under load: the curve of one of its equal parts and how many there are. */
struct DeploymentCurve
{
    LoadCurve curve;
    int parts = 1; ///< that share the load evenly
    int gpus = 1; ///< of all parts
    Slo slo; ///< that the curve was judged by
    RequestsPerSecond peak; ///< of the deployment
};

/** Computes the load curve of the option that the user looks at, off the GUI thread; a newer wish replaces an older one. */
class LoadSampler final : public QObject
{
    Q_OBJECT

public:
    explicit LoadSampler(Document& document, QObject* parent = nullptr);
    ~LoadSampler() override;

    /** Asks for the curve of an option of the report under the ranked targets; nothing = there is none to show. */
    void request(std::optional<std::size_t> option);
    /** The newest curve, or nullptr while there is none. */
    [[nodiscard]] const std::shared_ptr<const DeploymentCurve>& curve() const { return m_curve; }
    /** Why there is none. */
    [[nodiscard]] const QString& reason() const { return m_reason; }

signals:
    void changed();

private:
    void start();
    void give(std::shared_ptr<const DeploymentCurve> curve, const QString& reason);

    Document& m_document;
    std::shared_ptr<const DeploymentCurve> m_curve;
    QString m_reason;
    std::optional<std::size_t> m_wanted;
    QString m_shownId; ///< option of the present curve
    std::shared_ptr<const SearchReport> m_shownReport; ///< that it is an option of
    QTimer m_settle; ///< walking down a list must not start a computation per row
};

} // namespace llmd
