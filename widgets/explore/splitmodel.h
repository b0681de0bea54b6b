// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <core/search/splitgrid.h>
#include <widgets/tables/recordmodel.h>

namespace llmd {

/** The splits as a table. */
class SplitModel final : public RecordModel<SplitCell>
{
    Q_OBJECT

public:
    explicit SplitModel(QObject* parent = nullptr);
};

} // namespace llmd
