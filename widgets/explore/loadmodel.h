// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <core/search/loadcurve.h>
#include <widgets/tables/recordmodel.h>

namespace llmd {

/** One load on a deployment. */
struct LoadRow
{
    LoadPoint point; ///< of one of the equal parts
    int parts = 1;
};

/** The load curve as a table: rates of the whole deployment, latencies as a request sees them. */
class LoadModel final : public RecordModel<LoadRow>
{
    Q_OBJECT

public:
    explicit LoadModel(QObject* parent = nullptr);
};

} // namespace llmd
