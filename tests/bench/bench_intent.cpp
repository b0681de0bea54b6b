// SPDX-License-Identifier: Apache-2.0
#include <core/intent/intent.h>

#include <QTest>

using namespace llmd;

/** How long it takes to read a need; the aim is 10 ms for what people write and 50 ms for 100 kB of anything. */
class BenchIntent : public QObject
{
    Q_OBJECT

    std::shared_ptr<const Catalog> m_catalog;

    void measure(const std::string& text)
    {
        const auto parser = IntentParser::create(m_catalog);
        QVERIFY(parser.has_value());
        QBENCHMARK
        {
            (void)parser->parse(text);
        }
    }

private slots:
    void initTestCase()
    {
        auto catalog = loadCatalog();
        QVERIFY(catalog.has_value());
        m_catalog = catalog->value;
    }

    void create()
    {
        QBENCHMARK
        {
            (void)IntentParser::create(m_catalog);
        }
    }

    void paragraph()
    {
        measure("Customer support chatbot for 5k users, p95 TTFT under 300ms and ITL below 30 ms. "
                "We have two nodes of "
                "8xH100, no A100s; Llama 3.3 70B in FP8 or Qwen3-32B, 32k context, $40k/month, "
                "cost matters most.");
    }

    void hundredKilobytes_data()
    {
        QTest::addColumn<QString>("piece");
        for (const char* piece :
             { "p95 TTFT 300 ms and ITL 30 ms, ", "llama 3.3 70b ", "llama ", "H100 and L40S, ",
               "no A100 ", "5k users ", "latency is critical, cost is low ",
               "2k tokens in, 300 out ", "五千个用户，每秒20个请求", "The quick brown fox jumps. ",
               "$5k per month ", "4 nodes of 8 H100 ", "\xff\xfe", "((((", "1-2-3 " })
            QTest::newRow(piece) << QString::fromLatin1(piece);
    }

    /** 100 kB of each. */
    void hundredKilobytes()
    {
        QFETCH(QString, piece);
        const std::string bytes = piece.toLatin1().toStdString();
        std::string text;
        while (text.size() < 100'000)
            text += bytes;
        measure(text);
    }
};

QTEST_APPLESS_MAIN(BenchIntent)
#include "bench_intent.moc"
