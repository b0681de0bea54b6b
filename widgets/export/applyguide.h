// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <core/manifests/manifests.h>

#include <QTextBrowser>

namespace llmd {

/** APPLY.md of an export as a page: what the cluster needs, the commands, what to edit. */
class ApplyGuide final : public QTextBrowser
{
    Q_OBJECT

public:
    explicit ApplyGuide(QWidget* parent = nullptr);

    void setFiles(const std::vector<ManifestFile>& files);

protected:
    void changeEvent(QEvent* event) override;

private:
    void render();

    QString m_markdown;
};

} // namespace llmd
