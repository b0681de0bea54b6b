// SPDX-License-Identifier: GPL-3.0-or-later
#include <tests/testsupport/accessibility.h>
#include <tests/testsupport/screenshot.h>
#include <tests/testsupport/widgetfixture.h>
#include <widgets/requirements/describestep.h>
#include <widgets/requirements/fieldchip.h>
#include <widgets/requirements/messageeditor.h>
#include <widgets/requirements/requirementspage.h>
#include <widgets/requirements/stepbar.h>
#include <widgets/support/statusbanner.h>
#include <widgets/support/theme.h>

#include <QCheckBox>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QStandardPaths>
#include <QToolButton>

using namespace llmd;
using namespace llmd::testing;
using namespace Qt::StringLiterals;

namespace {

/** The first step on a document of its own. */
struct Describing
{
    Workbench bench;
    RequirementsPage page { bench.document, bench.settings };

    Describing()
    {
        page.resize(1280, 900);
        page.show();
        page.activateWindow();
        if (!QTest::qWaitForWindowActive(&page))
            qWarning("the window did not become active");
    }
    ~Describing() { bench.jobs.cancelAll(); }

    template <class Widget> [[nodiscard]] Widget* find(const QString& name) const
    {
        for (Widget* widget : page.findChildren<Widget*>(name)) {
            if (widget->isVisible())
                return widget;
        }
        return nullptr;
    }
    [[nodiscard]] MessageEditor* editor() const { return find<MessageEditor>(u"describe.text"_s); }
    [[nodiscard]] QString value(const QString& field) const
    {
        const auto* chip = find<FieldChip>(u"describe.field."_s + field);
        return chip ? chip->value() : QString();
    }
    [[nodiscard]] QString note(const QString& field) const
    {
        const auto* label = find<QLabel>(u"describe.note."_s + field);
        return label ? label->text() : QString();
    }
    [[nodiscard]] const Requirements& requirements() const { return bench.document.requirements(); }
    [[nodiscard]] bool waitForValue(const QString& field, const QString& text) const
    {
        return QTest::qWaitFor([&] { return value(field) == text; }, 10000);
    }
    void type(const QString& text) const
    {
        editor()->setFocus();
        QTest::keyClicks(editor(), text);
    }
    /** The words of the marks with a number, in all messages. */
    [[nodiscard]] QStringList wordsWith(int number) const
    {
        QStringList words;
        for (const MessageEditor* each : page.findChildren<MessageEditor*>()) {
            for (const TextMark& mark : each->marks()) {
                if (mark.number == number)
                    words << each->text().mid(mark.begin, mark.end - mark.begin);
            }
        }
        return words;
    }
};

} // namespace

class TestDescribeStep : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase()
    {
        QStandardPaths::setTestModeEnabled(true);
        applyColorScheme(ColorScheme::Light);
        QVERIFY(shippedCatalog());
    }

    void readsWhileTypingAndMarksTheWords()
    {
        Describing step;
        const auto before = step.requirements();
        step.type(u"A chatbot for 7k users, first token within 400 ms"_s);
        QVERIFY(step.waitForValue(u"user_count"_s, u"7,000"_s));
        const auto* chip = step.find<FieldChip>(u"describe.field.user_count"_s);
        QCOMPARE(step.wordsWith(chip->number()), QStringList { u"7k users"_s });
        QVERIFY(step.value(u"ttft_ms"_s).startsWith(u"400 ms"_s));
        QVERIFY(step.value(u"budget_usd_month"_s).isEmpty()); // unstated stays unstated
        QVERIFY(step.requirements() == before); // and nothing is in the plan before Apply
        QCOMPARE(step.bench.document.undoStack()->count(), 0);
    }

    void applyIsOneUndoStepAndLeavesTheRest()
    {
        Describing step;
        Project project = Workbench::sample();
        project.requirements.budgetPerMonth = 1234;
        step.bench.document.reset(project);
        step.type(u"Code completion for 300 developers, TTFT p99 200 ms, no A100"_s);
        QVERIFY(step.waitForValue(u"user_count"_s, u"300"_s));
        QTest::mouseClick(step.find<QPushButton>(u"describe.apply"_s), Qt::LeftButton);
        QCOMPARE(step.requirements().useCase, std::string("code_completion"));
        QCOMPARE(step.requirements().users, std::optional<double>(300));
        QCOMPARE(step.requirements().ttft->percentile, 99.0);
        QVERIFY(!step.requirements().gpusExcluded.empty());
        QCOMPARE(step.requirements().budgetPerMonth, std::optional<double>(1234));
        QCOMPARE(step.bench.document.undoStack()->count(), 1);
        QVERIFY(!step.find<QPushButton>(u"describe.apply"_s)->isEnabled());
        QVERIFY(step.note(u"user_count"_s).startsWith(u"In the plan"_s));
        step.bench.document.undoStack()->undo();
        QVERIFY(step.requirements() == project.requirements);
        QVERIFY(step.find<QPushButton>(u"describe.apply"_s)->isEnabled());
    }

    void showsWhatDiffersFromThePlan()
    {
        Describing step;
        step.type(u"a chatbot for 9k users, at most $500 a month"_s);
        QVERIFY(step.waitForValue(u"user_count"_s, u"9,000"_s));
        QCOMPARE(step.note(u"user_count"_s),
                 u"Differs from the plan: replaces 5,000 by 9,000. From “9k users”"_s);
        QVERIFY(step.note(u"budget_usd_month"_s).startsWith(u"New."_s));
        QVERIFY(step.note(u"use_case"_s).startsWith(u"In the plan."_s));
        // What is not to be used stays out.
        QTest::mouseClick(step.find<QCheckBox>(u"describe.use.user_count"_s), Qt::LeftButton, {},
                          QPoint(8, 8));
        QCOMPARE(step.note(u"user_count"_s), u"Left out; the plan keeps 5,000."_s);
        step.find<QPushButton>(u"describe.apply"_s)->click();
        QCOMPARE(step.requirements().users, std::optional<double>(5000));
        QCOMPARE(step.requirements().budgetPerMonth, std::optional<double>(500));
    }

    void followUpsCorrectAndCanBeTakenBack()
    {
        Describing step;
        step.type(u"a chatbot for 7k users, TTFT 400 ms"_s);
        QVERIFY(step.waitForValue(u"user_count"_s, u"7,000"_s));
        auto* followUp = step.find<QLineEdit>(u"describe.followUp"_s);
        followUp->setFocus();
        QTest::keyClicks(followUp, u"actually 9k users"_s);
        QTest::keyClick(followUp, Qt::Key_Return);
        QVERIFY(step.waitForValue(u"user_count"_s, u"9,000"_s));
        QVERIFY(followUp->text().isEmpty());
        const auto* chip = step.find<FieldChip>(u"describe.field.user_count"_s);
        QCOMPARE(step.wordsWith(chip->number()), QStringList { u"9k users"_s });
        QVERIFY(step.value(u"ttft_ms"_s).startsWith(u"400 ms"_s));
        auto* row = step.find<MessageEditor>(u"describe.followUp1"_s)->parentWidget();
        QTest::mouseClick(row->findChild<QToolButton*>(), Qt::LeftButton);
        QVERIFY(step.waitForValue(u"user_count"_s, u"7,000"_s));
    }

    void ambiguityIsAQuestionWithButtons()
    {
        Describing step;
        step.type(u"a chatbot, latency must be 2 seconds, a few thousand users"_s);
        QVERIFY(QTest::qWaitFor(
            [&] { return step.find<QPushButton>(u"describe.answer.latency.0"_s) != nullptr; },
            10000));
        QVERIFY(step.value(u"ttft_ms"_s).isEmpty() && step.value(u"user_count"_s).isEmpty());
        const auto* button = step.page.findChild<StepButton*>(u"step1"_s);
        QCOMPARE(button->state(), StepButton::State::Warning);
        QVERIFY(step.wordsWith(0).contains(u"2"_s));
        QTest::mouseClick(step.find<QPushButton>(u"describe.answer.latency.2"_s), Qt::LeftButton);
        QVERIFY(
            QTest::qWaitFor([&] { return step.value(u"e2e_ms"_s).startsWith(u"2 s"_s); }, 10000));
        QVERIFY(!step.find<QPushButton>(u"describe.answer.latency.0"_s));
        QTest::mouseClick(step.find<QPushButton>(u"describe.answer.user_count.1"_s),
                          Qt::LeftButton);
        QVERIFY(step.waitForValue(u"user_count"_s, u"3,000"_s));
        QVERIFY(
            QTest::qWaitFor([&] { return button->state() == StepButton::State::Normal; }, 10000));
    }

    void examplesOfAllLanguagesStateFields_data()
    {
        QTest::addColumn<int>("number");
        for (int i = 1; i <= 4; ++i)
            QTest::addRow("%d", i) << i;
    }

    void examplesOfAllLanguagesStateFields()
    {
        QFETCH(int, number);
        Describing step;
        QTest::mouseClick(step.find<QToolButton>(u"describe.example%1"_s.arg(number)),
                          Qt::LeftButton);
        QVERIFY(QTest::qWaitFor([&] { return !step.value(u"use_case"_s).isEmpty(); }, 10000));
        QVERIFY(!step.value(u"user_count"_s).isEmpty());
        QVERIFY(step.wordsWith(0).isEmpty()); // an example leaves nothing open
        // The marks are where the words are, in any script.
        for (const FieldChip* chip : step.page.findChildren<FieldChip*>()) {
            for (const QString& words : step.wordsWith(chip->number()))
                QVERIFY(!words.isEmpty() && step.editor()->text().contains(words));
        }
    }

    void applyingWhileTypingAppliesWhatWasTyped()
    {
        Describing step;
        step.type(u"a chatbot for 7k users"_s);
        QTest::keyClick(step.editor(), Qt::Key_Return, Qt::ControlModifier);
        QVERIFY(QTest::qWaitFor([&] { return step.requirements().users == 7000.0; }, 10000));
        QCOMPARE(step.bench.document.undoStack()->count(), 1);
    }

    void theCardsStayReachable()
    {
        Describing step;
        QTest::mouseClick(step.find<QToolButton>(u"describe.useCases"_s), Qt::LeftButton);
        QCOMPARE(step.page.currentStep(), 1);
    }

    void anotherDocumentForgetsTheText()
    {
        Describing step;
        step.type(u"a chatbot for 7k users"_s);
        QVERIFY(step.waitForValue(u"user_count"_s, u"7,000"_s));
        step.bench.document.reset(Workbench::sample(), step.bench.folder.filePath(u"a.llmdplan"_s));
        QVERIFY(step.editor()->text().isEmpty());
        QVERIFY(step.waitForValue(u"user_count"_s, QString()));
    }

    void hugeAndStrangeTextsAreRead()
    {
        Describing step;
        step.editor()->replaceText(QString(100000, u'a')
                                   + u" \u202e 7k users 😀 \u0001 ttft 300 ms"_s);
        QVERIFY(step.waitForValue(u"user_count"_s, u"7,000"_s));
        const auto* chip = step.find<FieldChip>(u"describe.field.ttft_ms"_s);
        QVERIFY(chip);
        QCOMPARE(step.wordsWith(chip->number()), QStringList { u"ttft 300 ms"_s });
    }

    void everyInputHasANameAndNoTrap()
    {
        Describing step;
        step.type(u"a chatbot, latency must be 2 seconds, 7k users"_s);
        QVERIFY(step.waitForValue(u"user_count"_s, u"7,000"_s));
        auto* described = step.page.step(0);
        QCOMPARE(namelessInputs(*described), QStringList());
        QTest::keyClick(step.editor(), Qt::Key_Tab);
        QVERIFY(!step.editor()->hasFocus());
    }

    void looksRightInBothThemes()
    {
        for (const auto scheme : { ColorScheme::Light, ColorScheme::Dark }) {
            applyColorScheme(scheme);
            Describing step;
            step.find<QToolButton>(u"describe.example1"_s)->click();
            QVERIFY(step.waitForValue(u"user_count"_s, u"5,000"_s));
            auto* followUp = step.find<QLineEdit>(u"describe.followUp"_s);
            QTest::keyClicks(
                followUp,
                u"make it 8k users, latency of the whole 20 or so, 20 tokens per second"_s);
            QTest::keyClick(followUp, Qt::Key_Return);
            QVERIFY(step.waitForValue(u"user_count"_s, u"8,000"_s));
            QTest::qWait(50);
            saveScreenshot(step.page, u"describe-"_s + toString(scheme));
        }
        applyColorScheme(ColorScheme::Light);
    }
};

QTEST_MAIN(TestDescribeStep)
#include "tst_describestep.moc"
