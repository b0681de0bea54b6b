// SPDX-License-Identifier: Apache-2.0
#include <core/base/csv.h>

#include <QTest>

using namespace llmd;

class TestCsv : public QObject
{
    Q_OBJECT

private slots:
    void readsQuotesLineEndsAndComments()
    {
        const auto table =
            parseCsv("\xEF\xBB\xBF# origin, with a comma and a \"quote\n\n Model ,n\r\n"
                     "\"a, \"\"b\"\"\nc\",1\r\n# between\nlast,");
        QVERIFY(table.has_value());
        QCOMPARE(table->columns, (std::vector<std::string> { "Model", "n" }));
        QCOMPARE(table->rows.size(), std::size_t(2));
        QCOMPARE(table->rows[0].cells[0], std::string("a, \"b\"\nc"));
        QCOMPARE(table->rows[0].line, 4);
        QCOMPARE(table->rows[1].line, 7);
        QCOMPARE(table->rows[1].cells[1], std::string());
    }

    void refusesWithLine_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<int>("line");
        QTest::newRow("empty") << QByteArray("# only\n") << 2;
        QTest::newRow("short row") << QByteArray("a,b\n1,2\n3\n") << 3;
        QTest::newRow("long row") << QByteArray("a,b\n1,2,3\n") << 2;
        QTest::newRow("open quote") << QByteArray("a,b\n1,2\n\"3,4\n5,6\n") << 3;
        QTest::newRow("stray quote") << QByteArray("a,b\n1,2\"\n") << 2;
        QTest::newRow("after quote") << QByteArray("a,b\n\"1\"x,2\n") << 2;
        QTest::newRow("double column") << QByteArray("a,A\n1,2\n") << 1;
        QTest::newRow("nameless column") << QByteArray("a,\n1,2\n") << 1;
        QTest::newRow("not UTF-8") << QByteArray("a,b\n1,\xC3\n") << 1;
    }
    void refusesWithLine()
    {
        QFETCH(QByteArray, text);
        QFETCH(int, line);
        const auto table = parseCsv(text.toStdString(), "f.csv");
        QVERIFY(!table.has_value());
        QVERIFY(table.error().where.has_value());
        QCOMPARE(table.error().where->file, std::string("f.csv"));
        QCOMPARE(table.error().where->line, line);
    }

    void writtenLinesAreReadBack()
    {
        const std::vector<std::string> cells { "#1, \"two\"", "line\nbreak", "", "plain" };
        const auto table = parseCsv("a,b,c,d\n" + csvLine(cells));
        QVERIFY(table.has_value());
        QCOMPARE(table->rows.at(0).cells, cells);
        QCOMPARE(parseCsv("a\n" + csvLine({ "" }))->rows.size(), std::size_t(1));
    }

    void limitsHold()
    {
        QVERIFY(!parseCsv("a\n1\n2\n", {}, { 1000, 1, 10 }).has_value());
        QVERIFY(!parseCsv("a,b\n1,2\n", {}, { 1000, 10, 1 }).has_value());
        QVERIFY(!parseCsv("a,b\n1,2\n", {}, { 4, 10, 10 }).has_value());
        QVERIFY(parseCsv("a,b\n1,2\n", {}, { 8, 1, 2 }).has_value());
    }

    void cellsAreReadByColumnName()
    {
        const auto table = parseCsv("tp,util,note\n 2 ,0.95,\nx,,nan\n", "f.csv");
        QVERIFY(table.has_value());
        const CsvRow& first = table->rows[0];
        QCOMPARE(table->integer(first, "TP").value(), std::optional<long long>(2));
        QCOMPARE(table->number(first, "util").value(), std::optional<double>(0.95));
        QVERIFY(!table->number(first, "note").value().has_value());
        QVERIFY(!table->number(first, "absent").value().has_value());
        const CsvRow& second = table->rows[1];
        const auto bad = table->integer(second, "tp");
        QVERIFY(!bad.has_value());
        QCOMPARE(bad.error().where->line, 3);
        QVERIFY(bad.error().detail.find("\"x\"") != std::string::npos);
        QVERIFY(!table->number(second, "note").has_value());
    }

    void missingColumnsAreListed()
    {
        const auto table = parseCsv("a,b\n", "f.csv");
        QVERIFY(table.has_value());
        QVERIFY(table->requireColumns({ "A", "b" }).has_value());
        const auto missing = table->requireColumns({ "a", "c", "d" });
        QVERIFY(!missing.has_value());
        QVERIFY(missing.error().detail.find("c, d") != std::string::npos);
    }
};

QTEST_APPLESS_MAIN(TestCsv)
#include "tst_csv.moc"
