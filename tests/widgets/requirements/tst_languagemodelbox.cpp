// SPDX-License-Identifier: GPL-3.0-or-later
#include <tests/testsupport/accessibility.h>
#include <tests/testsupport/screenshot.h>
#include <tests/testsupport/stubmodel.h>
#include <tests/testsupport/widgetfixture.h>
#include <widgets/requirements/describestep.h>
#include <widgets/requirements/endpointpanel.h>
#include <widgets/requirements/fieldchip.h>
#include <widgets/requirements/messageeditor.h>
#include <widgets/support/statusbanner.h>
#include <widgets/support/theme.h>

#include <QCheckBox>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QSettings>
#include <QSpinBox>
#include <QStandardPaths>

#include <atomic>
#include <chrono>

using namespace llmd;
using namespace llmd::testing;
using namespace Qt::StringLiterals;

namespace {

struct Assisted
{
    Workbench bench;
    DescribeStep step;

    explicit Assisted(const std::string& url, bool enabled = true)
        : step(
            (bench.settings.setEndpoint({ enabled, QString::fromStdString(url), u"tiny"_s, {}, 5 }),
             bench.document),
            bench.settings, nullptr)
    {
        step.resize(1280, 900);
        step.show();
        step.setText(QString::fromStdString(goodText));
        if (!QTest::qWaitFor([&] { return value(u"user_count"_s) == u"5,000"_s; }, 10000))
            qWarning("the text was not read");
    }
    ~Assisted() { bench.jobs.cancelAll(); }

    template <class Widget> [[nodiscard]] Widget* find(const QString& name) const
    {
        for (Widget* widget : step.findChildren<Widget*>(name)) {
            if (widget->isVisible())
                return widget;
        }
        return nullptr;
    }
    [[nodiscard]] QString value(const QString& field) const
    {
        const auto* chip = find<FieldChip>(u"describe.field."_s + field);
        return chip ? chip->value() : QString();
    }
    [[nodiscard]] bool waitFor(const QString& button) const
    {
        return QTest::qWaitFor([&] { return find<QPushButton>(button) != nullptr; }, 10000);
    }
};

} // namespace

class TestLanguageModelBox : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase()
    {
        QStandardPaths::setTestModeEnabled(true);
        applyColorScheme(ColorScheme::Light);
        QVERIFY(shippedCatalog());
    }

    void offByDefaultAndSilentUntilAsked()
    {
        QTemporaryDir folder;
        QVERIFY(!Settings(folder.filePath(u"new.ini"_s)).endpoint().enabled);
        const StubServer server([](const StubRequest&) { return completion(goodAnswer()); });
        Assisted off(server.url(), false);
        QVERIFY(!off.find<QPushButton>(u"model.ask"_s)->isEnabled());
        Assisted on(server.url());
        QVERIFY(on.find<QPushButton>(u"model.ask"_s)->isEnabled());
        QTest::qWait(300);
        QVERIFY(server.requests().empty());
    }

    void proposalsAreAcceptedOrRefused()
    {
        const std::string answer = R"({"max_gpus": 8, "budget_usd_month": 30000, "user_count": 5000,
            "evidence": [{"field": "max_gpus", "text": "5k users"}, {"field": "user_count", "text": "5k users"},
            {"field": "budget_usd_month", "text": "20k dollars a month"}]})";
        const StubServer server([&](const StubRequest&) { return completion(answer); });
        Assisted assisted(server.url());
        QTest::mouseClick(assisted.find<QPushButton>(u"model.ask"_s), Qt::LeftButton);
        QVERIFY(assisted.waitFor(u"model.accept.max_gpus"_s));
        QVERIFY(assisted.value(u"max_gpus"_s).isEmpty()); // a proposal, nothing more
        QVERIFY(!assisted.step.intentToApply().maxGpus);
        QCOMPARE(assisted.step.intentToApply().budgetPerMonth, std::optional<double>(20000));
        QVERIFY(!assisted.find<QPushButton>(u"model.accept.user_count"_s)); // both say the same
        bool marked = false;
        for (const TextMark& mark : assisted.find<MessageEditor>(u"describe.text"_s)->marks())
            marked = marked || mark.number == TextMark::proposal;
        QVERIFY(marked);

        QTest::mouseClick(assisted.find<QPushButton>(u"model.accept.max_gpus"_s), Qt::LeftButton);
        QVERIFY(QTest::qWaitFor([&] { return assisted.value(u"max_gpus"_s) == u"8"_s; }, 5000));
        QCOMPARE(assisted.step.intentToApply().maxGpus, std::optional<int>(8));
        QVERIFY(assisted.find<QLabel>(u"describe.note.max_gpus"_s)
                    ->text()
                    .contains(u"language model"_s));
        QVERIFY(assisted.waitFor(u"model.refuse.max_gpus"_s));
        QTest::mouseClick(assisted.find<QPushButton>(u"model.refuse.max_gpus"_s), Qt::LeftButton);
        QVERIFY(!assisted.step.intentToApply().maxGpus);
        QVERIFY(assisted.waitFor(u"model.accept.budget_usd_month"_s));
        QTest::mouseClick(assisted.find<QPushButton>(u"model.accept.budget_usd_month"_s),
                          Qt::LeftButton);
        QCOMPARE(assisted.step.intentToApply().budgetPerMonth, std::optional<double>(30000));
        QCOMPARE(namelessInputs(assisted.step), QStringList());
        QTest::qWait(50); // layouts settle
        saveScreenshot(assisted.step, u"describe-model"_s);

        // Another text, another question: what was accepted is gone.
        assisted.step.setText(u"a chatbot for 6k users"_s);
        QVERIFY(
            QTest::qWaitFor([&] { return assisted.value(u"user_count"_s) == u"6,000"_s; }, 10000));
        QVERIFY(!assisted.find<QPushButton>(u"model.accept.max_gpus"_s));
        QVERIFY(!assisted.step.intentToApply().budgetPerMonth);
    }

    void nonsenseIsAMessageAndChangesNothing()
    {
        const StubServer server([](const StubRequest&) { return completion("Buy more GPUs!"); });
        Assisted assisted(server.url());
        const Intent before = assisted.step.intentToApply();
        assisted.find<QPushButton>(u"model.ask"_s)->click();
        QVERIFY(QTest::qWaitFor(
            [&] { return assisted.find<StatusBanner>(u"model.banner"_s) != nullptr; }, 10000));
        QVERIFY(
            assisted.find<StatusBanner>(u"model.banner"_s)->text().contains(u"Buy more GPUs"_s));
        QVERIFY(assisted.step.intentToApply() == before);
        QVERIFY(assisted.find<QPushButton>(u"model.ask"_s)->isEnabled());
    }

    void aSlowModelBlocksNothingAndCanBeStopped()
    {
        std::atomic<bool> leave = false;
        const StubServer server([&](const StubRequest&) {
            for (int i = 0; i < 100 && !leave; ++i)
                std::this_thread::sleep_for(std::chrono::milliseconds(20));
            return completion(goodAnswer());
        });
        Assisted assisted(server.url());
        assisted.find<QPushButton>(u"model.ask"_s)->click();
        QVERIFY(assisted.waitFor(u"model.cancel"_s));
        QTest::mouseClick(assisted.find<QPushButton>(u"model.cancel"_s), Qt::LeftButton);
        QVERIFY(QTest::qWaitFor(
            [&] { return assisted.find<QPushButton>(u"model.ask"_s)->isEnabled(); }, 1500));
        leave = true;
        QVERIFY(!assisted.find<StatusBanner>(u"model.banner"_s)); // on request is no failure
    }

    void theSettingsAreKeptWithoutSecrets()
    {
        Workbench bench;
        EndpointPanel panel(bench.settings, bench.jobs, shippedCatalog());
        panel.show();
        QCOMPARE(namelessInputs(panel), QStringList());
        panel.findChild<QCheckBox*>(u"endpoint.enabled"_s)->setChecked(true);
        panel.findChild<QLineEdit*>(u"endpoint.url"_s)->setText(u"http://127.0.0.1:11434"_s);
        panel.findChild<QLineEdit*>(u"endpoint.model"_s)->setText(u"qwen3:8b"_s);
        panel.findChild<QLineEdit*>(u"endpoint.keyVariable"_s)->setText(u"MY_KEY"_s);
        panel.findChild<QSpinBox*>(u"endpoint.timeLimit"_s)->setValue(12);
        const EndpointSettings expected { true, u"http://127.0.0.1:11434"_s, u"qwen3:8b"_s,
                                          u"MY_KEY"_s, 12 };
        QVERIFY(bench.settings.endpoint() == expected);
        panel.findChild<QLineEdit*>(u"endpoint.keyVariable"_s)->setText(u"sk-secret-1"_s);
        panel.findChild<QLineEdit*>(u"endpoint.url"_s)->setText(u"http://me:secret@h/v1"_s);
        QVERIFY(!panel.findChild<QPushButton*>(u"endpoint.test"_s)->isEnabled());
        QVERIFY(bench.settings.endpoint() == expected);
        // Nonsense in the file is the default.
        QSettings file(bench.folder.filePath(u"bad.ini"_s), QSettings::IniFormat);
        file.setValue(u"language_model/time_limit"_s, u"soon"_s);
        file.sync();
        QCOMPARE(Settings(file.fileName()).endpoint().timeLimit, 30);
    }

    void theTestSaysWhatCameBack()
    {
        const StubServer server([](const StubRequest&) {
            return completion(
                R"({"user_count": 5000, "evidence": [{"field": "user_count", "text": "5000 users"}]})");
        });
        Workbench bench;
        bench.settings.setEndpoint(
            { true, QString::fromStdString(server.url()), u"tiny"_s, {}, 5 });
        EndpointPanel panel(bench.settings, bench.jobs, shippedCatalog());
        panel.resize(900, 400);
        panel.show();
        auto* banner = panel.findChild<StatusBanner*>();
        panel.findChild<QPushButton*>(u"endpoint.test"_s)->click();
        QVERIFY(
            QTest::qWaitFor([&] { return banner->kind() == StatusBanner::Kind::Success; }, 10000));
        saveScreenshot(panel, u"endpoint-panel"_s);
    }
};

QTEST_MAIN(TestLanguageModelBox)
#include "tst_languagemodelbox.moc"
