// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "store.h"

#include <string>

/** How keys of a list are selected; for the store only. */
namespace llmd {

/** Whether an order compares numbers; else it compares texts, ignoring case. */
[[nodiscard]] bool isNumber(RecordOrder order);
/** "SELECT id, value FROM record r …", to which a condition can be added. */
[[nodiscard]] std::string keySql(RecordOrder order);

} // namespace llmd
