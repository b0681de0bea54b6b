// SPDX-License-Identifier: Apache-2.0
#include <core/base/text.h>
#include <core/plan/names.h>

#include <QTest>

#include <set>

using namespace llmd;

class TestNames : public QObject
{
    Q_OBJECT

private slots:
    void names_data()
    {
        QTest::addColumn<std::string>("text");
        QTest::addColumn<std::string>("name");
        QTest::addColumn<std::string>("label");
        const auto row = [](std::string text, std::string name, std::string label) {
            QTest::newRow(text.c_str()) << text << std::move(name) << std::move(label);
        };
        row("Qwen/Qwen3-32B", "qwen3-32b", "Qwen-Qwen3-32B");
        row("meta-llama/Llama-3.1-8B-Instruct", "llama-3-1-8b-instruct",
            "meta-llama-Llama-3.1-8B-Instruct");
        row("plain", "plain", "plain");
        row("01-ai/01_Yi", "m-01-yi", "01-ai-01_Yi");
        row("a/--b..c--", "b-c", "a-b..c");
        row("yes", "yes", "yes");
    }

    void names()
    {
        QFETCH(std::string, text);
        QFETCH(std::string, name);
        QFETCH(std::string, label);
        QCOMPARE(kubernetesName(text), name);
        QCOMPARE(labelValue(text), label);
    }

    /** Whatever goes in, what comes out is legal; different long texts stay different. */
    void alwaysLegal()
    {
        std::set<std::string> names;
        std::set<std::string> labels;
        std::size_t count = 0;
        const std::string alphabet("aZ09-_./ \n\"'$\x7F\xC3\xA9\xE6\x97\xA5\xFF\0", 22);
        std::uint64_t state = 1;
        for (int round = 0; round < 20000; ++round) {
            std::string text;
            const auto next = [&] {
                return (state = state * 6364136223846793005u + 1442695040888963407u) >> 33;
            };
            for (auto length = next() % 90; length > 0; --length)
                text += alphabet[next() % alphabet.size()];
            const auto name = kubernetesName(text);
            QVERIFY2(isServiceName(name) && name.size() <= maxPlanNameLength, name.c_str());
            const auto label = labelValue(text);
            QVERIFY2(isLabelValue(label) && !label.empty(), label.c_str());
            const auto line = oneLine(text);
            QVERIFY(isValidUtf8(line));
            QVERIFY(line.find_first_of(std::string("\n\r\x7F\0", 4)) == std::string::npos);
            ++count;
        }
        QCOMPARE(count, std::size_t(20000));
        for (int i = 0; i < 100; ++i) {
            names.insert(kubernetesName(std::string(200, 'x') + std::to_string(i)));
            labels.insert(labelValue(std::string(200, 'x') + std::to_string(i)));
        }
        QCOMPARE(names.size(), std::size_t(100));
        QCOMPARE(labels.size(), std::size_t(100));
    }

    void legality()
    {
        QVERIFY(isDnsLabel("0abc") && !isServiceName("0abc"));
        QVERIFY(!isDnsLabel("") && !isDnsLabel("-a") && !isDnsLabel("a-") && !isDnsLabel("A")
                && !isDnsLabel("a.b"));
        QVERIFY(isDnsLabel(std::string(63, 'a')) && !isDnsLabel(std::string(64, 'a')));
        QVERIFY(isDnsSubdomain("a.b-c.d") && !isDnsSubdomain("a..b") && !isDnsSubdomain("")
                && !isDnsSubdomain("a."));
        QVERIFY(!isDnsSubdomain(std::string(254, 'a')));
        QVERIFY(isLabelValue("") && isLabelValue("A.b_c-9") && !isLabelValue("a/b")
                && !isLabelValue("-a"));
        QVERIFY(isLabelKey("llm-d.ai/model") && isLabelKey("app") && !isLabelKey("")
                && !isLabelKey("/a"));
        QVERIFY(!isLabelKey("a/") && !isLabelKey("a/b/c") && !isLabelKey("a b/c"));
    }

    void lines()
    {
        QCOMPARE(oneLine("a\nb\tc"), std::string("a b c"));
        QCOMPARE(oneLine("a\u2028b\u0085c"), std::string("a b c"));
        QCOMPARE(oneLine("größer"), std::string("größer"));
        QCOMPARE(oneLine("a\xFF"
                         "b"),
                 std::string("a?b"));
        QCOMPARE(oneLine("äää", 4), std::string("ää…"));
        QCOMPARE(oneLine("\xF0\x9F\xA6"), std::string("???"));
    }
};

QTEST_APPLESS_MAIN(TestNames)
#include "tst_names.moc"
