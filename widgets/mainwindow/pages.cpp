// SPDX-License-Identifier: GPL-3.0-or-later
#include "pages.h"

#include <widgets/accuracy/accuracypage.h>
#include <widgets/benchmarks/benchmarkspage.h>
#include <widgets/compare/comparepage.h>
#include <widgets/explore/explorepage.h>
#include <widgets/export/exportpage.h>
#include <widgets/monitor/monitorpage.h>
#include <widgets/requirements/requirementspage.h>
#include <widgets/start/startpage.h>

namespace llmd {

std::vector<PageEntry> workbenchPages()
{
    return {
        { StartPage::pageInfo(),
          [](Document& document, Settings& settings, QWidget* parent) -> Page* {
              return new StartPage(document, settings, parent);
          } },
        { RequirementsPage::pageInfo(),
          [](Document& document, Settings& settings, QWidget* parent) -> Page* {
              return new RequirementsPage(document, settings, parent);
          } },
        { ExplorePage::pageInfo(),
          [](Document& document, Settings&, QWidget* parent) -> Page* {
              return new ExplorePage(document, parent);
          } },
        { ComparePage::pageInfo(),
          [](Document& document, Settings& settings, QWidget* parent) -> Page* {
              return new ComparePage(document, settings, parent);
          } },
        { BenchmarksPage::pageInfo(),
          [](Document& document, Settings& settings, QWidget* parent) -> Page* {
              return new BenchmarksPage(document, settings, parent);
          } },
        { ExportPage::pageInfo(),
          [](Document& document, Settings& settings, QWidget* parent) -> Page* {
              return new ExportPage(document, settings, parent);
          } },
        { MonitorPage::pageInfo(),
          [](Document& document, Settings& settings, QWidget* parent) -> Page* {
              return new MonitorPage(document, settings, parent);
          } },
        { AccuracyPage::pageInfo(),
          [](Document& document, Settings&, QWidget* parent) -> Page* {
              return new AccuracyPage(document, parent);
          } },
    };
}

} // namespace llmd
