// SPDX-License-Identifier: GPL-3.0-or-later
#include <core/project/project.h>
#include <tests/testsupport/widgetfixture.h>
#include <widgets/support/languages.h>
#include <widgets/support/numberformat.h>
#include <widgets/support/qtbridge.h>
#include <widgets/tables/recordmodel.h>
#include <widgets/tables/tabletext.h>

#include <QCoreApplication>
#include <QFile>
#include <QLocale>
#include <QRegularExpression>
#include <QTemporaryDir>
#include <QTest>
#include <QXmlStreamReader>

#include <algorithm>

using namespace llmd;

namespace {

struct Message
{
    QString source;
    QStringList forms; ///< one, or one per plural form
    bool finished = true;
    bool counts = false;
};

std::vector<Message> readMessages(const QString& code)
{
    QFile file(QStringLiteral(LLMD_SOURCE_DIR "/translations/llmd_%1.ts").arg(code));
    if (!file.open(QIODevice::ReadOnly))
        return {};
    QXmlStreamReader xml(&file);
    std::vector<Message> messages;
    while (!xml.atEnd()) {
        if (xml.readNext() != QXmlStreamReader::StartElement)
            continue;
        if (xml.name() == QLatin1String("message")) {
            messages.push_back({ .source = {}, .forms = {} });
            messages.back().counts =
                xml.attributes().value(QLatin1String("numerus")) == QLatin1String("yes");
        } else if (xml.name() == QLatin1String("source")) {
            messages.back().source = xml.readElementText();
        } else if (xml.name() == QLatin1String("translation")) {
            messages.back().finished = !xml.attributes().hasAttribute(QLatin1String("type"));
            if (!messages.back().counts)
                messages.back().forms += xml.readElementText();
        } else if (xml.name() == QLatin1String("numerusform")) {
            messages.back().forms += xml.readElementText();
        }
    }
    if (xml.hasError())
        qWarning() << file.fileName() << xml.lineNumber() << xml.errorString();
    return xml.hasError() ? std::vector<Message>() : messages;
}

QStringList sortedMatches(const QString& text, const QString& pattern)
{
    QStringList found;
    for (auto it = QRegularExpression(pattern).globalMatch(text); it.hasNext();)
        found += it.next().captured();
    found.sort();
    return found;
}

/** What a translation must have exactly as often as the source. */
QString difference(const Message& message, const QString& form)
{
    // In a plural form of one thing the number may be a word.
    const QString places = message.counts ? QStringLiteral("%L?[1-9][0-9]?")
                                          : QStringLiteral("%L?[1-9][0-9]?|%L?n(?![a-z])");
    // The same place may be needed twice in one language and once in another.
    QStringList wanted = sortedMatches(message.source, places);
    QStringList found = sortedMatches(form, places);
    wanted.removeDuplicates();
    found.removeDuplicates();
    if (wanted != found)
        return QStringLiteral("places %1 instead of %2").arg(found.join(u' '), wanted.join(u' '));
    const QString tags = QStringLiteral("</?[a-z]+[0-9]?(?: [^>]*)?/?>|&[a-z]+;");
    if (sortedMatches(message.source, tags) != sortedMatches(form, tags))
        return QStringLiteral("other HTML tags");
    const QString mnemonic = QStringLiteral("&(?![a-z]+;)(?=\\S)");
    if (sortedMatches(message.source, mnemonic).size() != sortedMatches(form, mnemonic).size())
        return QStringLiteral("another number of mnemonics");
    if (message.source.startsWith(u' ') != form.startsWith(u' ')
        || message.source.endsWith(u' ') != form.endsWith(u' '))
        return QStringLiteral("other spaces at the ends");
    if (message.source.endsWith(u'…') != form.endsWith(u'…'))
        return QStringLiteral("an ellipsis at the end of one only");
    if (message.source.count(u'\n') != form.count(u'\n'))
        return QStringLiteral("another number of lines");
    return {};
}

/** One number as a table of the program shows it. */
class NumberModel final : public RecordModel<double>
{
public:
    NumberModel()
        : RecordModel<double>(
            { { .id = QStringLiteral("load"),
                .title = QStringLiteral("Load"),
                .value = [](const double& row) { return QVariant(row); },
                .text =
                    [](const QVariant& value) { return format::fixed(value.toDouble(), 1); } } })
    {
        setRows({ 1234.5 });
    }
};

QString shown(const char* text)
{
    return QCoreApplication::translate("llmd::WhateverClass", text);
}

} // namespace

class TestLanguages : public QObject
{
    Q_OBJECT

private slots:
    void cleanup() { QVERIFY(applyLanguage(QStringLiteral("en"))); }

    void listsWhatIsThere()
    {
        QCOMPARE(
            availableLanguages(),
            QStringList({ QStringLiteral("en"), QStringLiteral("de"), QStringLiteral("zh_CN") }));
        QCOMPARE(languageName(QStringLiteral("en")), QStringLiteral("English"));
        QCOMPARE(languageName(QStringLiteral("de")), QStringLiteral("Deutsch"));
        QVERIFY(languageName(QStringLiteral("zh_CN")).contains(QStringLiteral("中文")));
    }

    void switchesTextsAndNumbers()
    {
        QVERIFY(applyLanguage(QStringLiteral("de")));
        QCOMPARE(currentLanguage(), QStringLiteral("de"));
        QCOMPARE(shown("Export"), QStringLiteral("Export"));
        QCOMPARE(shown("Requirements"), QStringLiteral("Anforderungen"));
        QCOMPARE(format::fixed(1234.5, 1), QStringLiteral("1.234,5"));
        QVERIFY(applyLanguage(QStringLiteral("zh_CN")));
        QVERIFY(shown("Requirements") != QStringLiteral("Anforderungen"));
        QVERIFY(shown("Requirements") != QStringLiteral("Requirements"));
        QVERIFY(applyLanguage(QStringLiteral("en")));
        QCOMPARE(shown("Requirements"), QStringLiteral("Requirements"));
        QCOMPARE(format::fixed(1234.5, 1), QStringLiteral("1,234.5"));
    }

    void refusesWhatIsNotThere()
    {
        QVERIFY(applyLanguage(QStringLiteral("de")));
        QVERIFY(!applyLanguage(QStringLiteral("tlh")));
        QVERIFY(!applyLanguage(QStringLiteral("../de")));
        QCOMPARE(currentLanguage(), QStringLiteral("de"));
        QCOMPARE(shown("Requirements"), QStringLiteral("Anforderungen"));
        QVERIFY(applyLanguage({})); // the test runs in the C locale
        QCOMPARE(currentLanguage(), QStringLiteral("en"));
    }

    void everyTextIsTranslated_data()
    {
        QTest::addColumn<QString>("code");
        for (const QString& code : availableLanguages().mid(1))
            QTest::newRow(qPrintable(code)) << code;
    }

    void everyTextIsTranslated()
    {
        QFETCH(QString, code);
        const auto messages = readMessages(code);
        QVERIFY(messages.size() > 1000);
        QStringList problems;
        for (const Message& message : messages) {
            if (!message.finished || message.forms.isEmpty() || message.forms.contains(QString())) {
                problems += QStringLiteral("not translated: ") + message.source;
                continue;
            }
            for (const QString& form : message.forms) {
                if (const QString what = difference(message, form); !what.isEmpty())
                    problems += QStringLiteral("%1: %2 → %3").arg(what, message.source, form);
            }
        }
        QVERIFY2(problems.isEmpty(), qPrintable(problems.join(u'\n')));
    }

    /** Most texts differ from the English ones; those that do not are names, units and terms. */
    void fewTextsStayAsTheyAre()
    {
        for (const QString& code : availableLanguages().mid(1)) {
            const auto messages = readMessages(code);
            const auto same =
                std::count_if(messages.begin(), messages.end(), [](const Message& message) {
                    return message.forms.contains(message.source);
                });
            QVERIFY2(same < static_cast<std::ptrdiff_t>(messages.size() / 6),
                     qPrintable(QStringLiteral("%1 texts of %2 are English").arg(same).arg(code)));
        }
    }

    /** What programs read has no trace of the language: neither a plan nor a table that is copied or saved. */
    void filesStayInTheCLocale()
    {
        NumberModel model;
        const QString path = m_folder.filePath(QStringLiteral("plan.llmdplan"));
        const auto filesIn = [&](const char* code) {
            if (!applyLanguage(QString::fromLatin1(code)))
                return QStringList();
            Project project = llmd::testing::Workbench::sample();
            project.requirements.headroom = 0.125;
            if (!writeProject(project, fromQString(path)))
                return QStringList();
            QFile file(path);
            if (!file.open(QIODevice::ReadOnly))
                return QStringList();
            return QStringList({ QString::fromUtf8(file.readAll()), toCsv(wholeTable(model)),
                                 toTsv(wholeTable(model)) });
        };
        const QStringList english = filesIn("en");
        QCOMPARE(english.size(), 3);
        QVERIFY(english[0].contains(QStringLiteral("0.125")));
        QVERIFY(english[1].contains(QStringLiteral("1234.5")));
        QCOMPARE(filesIn("de"), english);
        // The same number on screen does follow the language.
        QCOMPARE(model.index(0, 0).data().toString(), QStringLiteral("1.234,5"));
    }

private:
    QTemporaryDir m_folder;
};

QTEST_MAIN(TestLanguages)
#include "tst_languages.moc"
