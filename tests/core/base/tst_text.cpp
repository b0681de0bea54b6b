// SPDX-License-Identifier: Apache-2.0
#include <core/base/text.h>

#include <QTest>

using namespace llmd;

class TestText : public QObject
{
    Q_OBJECT

private slots:
    void trimsAndSplits()
    {
        QCOMPARE(std::string(trimmed(" \t a b\r\n")), "a b");
        QCOMPARE(std::string(trimmed("  ")), "");
        QVERIFY((split("a,,b", ',') == std::vector<std::string_view> { "a", "", "b" }));
        QVERIFY((split("", ',') == std::vector<std::string_view> { "" }));
        QVERIFY((split(",", ',') == std::vector<std::string_view> { "", "" }));
        QCOMPARE(join({ "a", "", "b" }, ", "), "a, , b");
        QCOMPARE(join({}, ", "), "");
        QCOMPARE(toLower("ÄBc-9"), "Äbc-9"); // ASCII only
    }

    void foreignTextBecomesOneLine_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<QByteArray>("line");
        const auto row = [](const char* name, QByteArray text, QByteArray line) {
            QTest::newRow(name) << text << line;
        };
        row("empty", "", "");
        row("plain", "a <b> & \xc3\xa4 \xf0\x9f\x9a\x80", "a <b> & \xc3\xa4 \xf0\x9f\x9a\x80");
        row("lines", " a\r\n\tb \n", "a b");
        row("escape", "a\x1b[31mb\x7f", "a [31mb");
        row("C1 control",
            "a\xc2\x9b"
            "31m",
            "a 31m");
        row("right to left",
            "a\xe2\x80\xae"
            "b\xe2\x81\xa6"
            "c",
            "a b c");
        row("zero width",
            "a\xe2\x80\x8b"
            "b\xef\xbb\xbf"
            "c",
            "a b c");
        row("line separator",
            "a\xe2\x80\xa8"
            "b",
            "a b");
        row("NUL", QByteArray("a\0b", 3), "a b");
        row("no UTF-8", "\xff\xc3(",
            "?"
            "?(");
        row("at the limit", QByteArray(20, 'x'), QByteArray(20, 'x'));
        row("too long", QByteArray(21, 'x'), QByteArray(20, 'x') + "...");
        row("cut at a character", QByteArray(19, 'x') + "\xc3\xa4", QByteArray(19, 'x') + "...");
    }
    void foreignTextBecomesOneLine()
    {
        QFETCH(QByteArray, text);
        QFETCH(QByteArray, line);
        QCOMPARE(QByteArray::fromStdString(printableLine(text.toStdString(), 20)), line);
    }

    void utf8_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<bool>("valid");
        const auto row = [](const char* name, QByteArray text, bool valid) {
            QTest::newRow(name) << text << valid;
        };
        row("empty", "", true);
        row("ASCII and NUL", QByteArray("a\0b", 3), true);
        row("two to four bytes",
            "\xc2\x80\xdf\xbf\xe0\xa0\x80\xef\xbf\xbf\xf0\x90\x80\x80\xf4\x8f\xbf\xbf", true);
        row("continuation alone", "a\x80", false);
        row("cut off, two", "\xc3", false);
        row("cut off, three", "\xe4\xb8", false);
        row("cut off, four", "\xf0\x9f\x9a", false);
        row("overlong slash", "\xc0\xaf", false);
        row("overlong, three", "\xe0\x9f\xbf", false);
        row("overlong, four", "\xf0\x8f\xbf\xbf", false);
        row("surrogate", "\xed\xa0\x80", false);
        row("beyond the last", "\xf4\x90\x80\x80", false);
        row("never a lead", "\xf8\x88\x80\x80\x80", false);
        row("Latin-1", "caf\xe9 au lait", false);
    }
    void utf8()
    {
        QFETCH(QByteArray, text);
        QFETCH(bool, valid);
        QCOMPARE(isValidUtf8({ text.constData(), static_cast<std::size_t>(text.size()) }), valid);
    }

    void nearestWord_data()
    {
        QTest::addColumn<QByteArray>("word");
        QTest::addColumn<QByteArray>("nearest"); // empty: none is near enough
        QTest::newRow("swap") << QByteArray("repilcas") << QByteArray("replicas");
        QTest::newRow("missing letter") << QByteArray("replcas") << QByteArray("replicas");
        QTest::newRow("additional letter") << QByteArray("modell") << QByteArray("model");
        QTest::newRow("case") << QByteArray("MODEL") << QByteArray("model");
        QTest::newRow("plural") << QByteArray("gpus") << QByteArray("gpu");
        QTest::newRow("two mistakes")
            << QByteArray("tesnorParalel") << QByteArray("tensorParallel");
        QTest::newRow("another word") << QByteArray("banana") << QByteArray("");
        QTest::newRow("other short word") << QByteArray("tp") << QByteArray("pp");
        QTest::newRow("one letter") << QByteArray("x") << QByteArray("");
        QTest::newRow("empty") << QByteArray("") << QByteArray("");
        QTest::newRow("a page") << QByteArray(100000, 'm') << QByteArray("");
    }
    void nearestWord()
    {
        QFETCH(QByteArray, word);
        QFETCH(QByteArray, nearest);
        const std::vector<std::string> known { "replicas", "model", "gpu", "tensorParallel",
                                               "pp",       "",      "q" };
        const auto found = llmd::nearestWord(word.toStdString(), known);
        QCOMPARE(found.value_or(""), nearest.toStdString());
    }
};

QTEST_APPLESS_MAIN(TestText)
#include "tst_text.moc"
