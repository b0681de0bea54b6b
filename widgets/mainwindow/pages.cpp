// SPDX-License-Identifier: GPL-3.0-or-later
#include "pages.h"

#include <widgets/explore/explorepage.h>

namespace llmd {

std::vector<PageEntry> workbenchPages()
{
    return {
        { ExplorePage::pageInfo(),
          [](Document& document, Settings&, QWidget* parent) -> Page* {
              return new ExplorePage(document, parent);
          } },
    };
}

} // namespace llmd
