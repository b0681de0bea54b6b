// SPDX-License-Identifier: GPL-3.0-or-later
#include <widgets/support/fuzzymatch.h>

#include <QTest>

using namespace llmd;

class TestFuzzyMatch : public QObject
{
    Q_OBJECT

private slots:
    void fits_data()
    {
        QTest::addColumn<QString>("typed");
        QTest::addColumn<QString>("text");
        QTest::addColumn<bool>("fits");
        QTest::newRow("nothing typed") << ""
                                       << "anything" << true;
        QTest::newRow("word") << "Export"
                              << "export" << true;
        QTest::newRow("any order") << "tp4 h100"
                                   << "llama on h100 sxm5 2 × tp4" << true;
        QTest::newRow("one word missing") << "tp4 a100"
                                          << "llama on h100 sxm5 2 × tp4" << false;
        QTest::newRow("letters left out") << "xprt"
                                          << "export" << true;
        QTest::newRow("two letters must stand together") << "xt"
                                                         << "export" << false;
        QTest::newRow("spread too far")
            << "abc"
            << "a very long line of text with its b here and c at last" << false;
        QTest::newRow("other script") << "默认"
                                      << "默认价格" << true;
        QTest::newRow("only spaces") << "   "
                                     << "x" << true;
    }
    void fits()
    {
        QFETCH(QString, typed);
        QFETCH(QString, text);
        QFETCH(bool, fits);
        QCOMPARE(FuzzyPattern(typed).score(text) >= 0, fits);
    }

    void order_data()
    {
        QTest::addColumn<QString>("typed");
        QTest::addColumn<QString>("better");
        QTest::addColumn<QString>("worse");
        QTest::newRow("whole word before beginning") << "save"
                                                     << "save as"
                                                     << "saved plans";
        QTest::newRow("beginning before middle") << "port"
                                                 << "portable"
                                                 << "export";
        QTest::newRow("together before scattered") << "plan"
                                                   << "new plan"
                                                   << "p l a n";
        QTest::newRow("shorter") << "open"
                                 << "open"
                                 << "open the plans of last time";
    }
    void order()
    {
        QFETCH(QString, typed);
        QFETCH(QString, better);
        QFETCH(QString, worse);
        const FuzzyPattern pattern(typed);
        QVERIFY(pattern.score(better) > pattern.score(worse));
    }

    void everyTextIsAllowed()
    {
        const QString odd = QString::fromUtf8("\xF0\x9F\x9A\x80 \xE2\x80\xAE x");
        QVERIFY(FuzzyPattern(odd).score(odd.toLower()) >= 0);
        QVERIFY(FuzzyPattern(QStringLiteral("abc")).score({}) < 0);
    }
};

QTEST_APPLESS_MAIN(TestFuzzyMatch)
#include "tst_fuzzymatch.moc"
