// SPDX-License-Identifier: GPL-3.0-or-later
#include <widgets/document/document.h>
#include <widgets/requirements/requirementspage.h>
#include <widgets/support/jobrunner.h>
#include <widgets/support/theme.h>

#include <QTest>
#include <QDir>

using namespace llmd;
using namespace Qt::StringLiterals;

class TestRequirementsPage : public QObject
{
    Q_OBJECT

private slots:
    void screenshots()
    {
        auto catalog = loadCatalog();
        QVERIFY(catalog);
        JobRunner jobs;
        Document document(catalog->value, jobs);
        document.edit(u"a"_s, u"a"_s, [](Project& project) { project.requirements.users = 5000; });
        const QString folder = qEnvironmentVariable("LLMD_SCREENSHOT_DIR");
        for (const auto scheme : { ColorScheme::Light, ColorScheme::Dark }) {
            applyColorScheme(scheme);
            RequirementsPage page(document);
            page.resize(1280, 800);
            page.show();
            QTRY_VERIFY_WITH_TIMEOUT(!document.isSearching(), 60'000);
            for (int i = 0; i < page.stepCount(); ++i) {
                page.showStep(i);
                QTest::qWait(50);
                if (!folder.isEmpty())
                    QVERIFY(page.grab().save(u"%1/requirements-%2-%3.png"_s.arg(folder).arg(i + 1).arg(toString(scheme))));
            }
        }
    }
};

QTEST_MAIN(TestRequirementsPage)
#include "tst_requirementspage.moc"
