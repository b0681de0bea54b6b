// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <core/performance/stepexplanation.h>
#include <widgets/tables/recordmodel.h>

namespace llmd {

/** Where the time goes, line by line: what it is, how long, which share, and what kind of source is behind it. */
class TimeModel final : public RecordModel<TimeTerm>
{
    Q_OBJECT

public:
    explicit TimeModel(QObject* parent = nullptr);

protected:
    [[nodiscard]] QVariant extraData(const Column<TimeTerm>& column, const TimeTerm& row,
                                     int role) const override;
};

/** The translated name of a line. */
[[nodiscard]] QString timeTermName(const TimeTerm& term);
/** "measured", "published" or "assumed": how well founded a line is, by the weakest of its values; empty without any. */
[[nodiscard]] QString foundationText(const TimeTerm& term);
[[nodiscard]] QString originText(const std::string& origin);

} // namespace llmd
