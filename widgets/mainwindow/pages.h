// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <widgets/support/page.h>

#include <functional>
#include <vector>

namespace llmd {

class Document;
class Settings;

/** A page that can be built when it is first needed. */
struct PageEntry
{
    PageInfo info;
    std::function<Page*(Document&, Settings&, QWidget* parent)> create;
};

/** The pages of the workbench in the order of the rail; those about the program come last. */
[[nodiscard]] std::vector<PageEntry> workbenchPages();

} // namespace llmd
