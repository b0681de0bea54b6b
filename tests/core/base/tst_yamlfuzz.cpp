// SPDX-License-Identifier: Apache-2.0
#include <core/base/yamlemitter.h>
#include <core/base/yamlreader.h>
#include <tests/testsupport/mutate.h>
#include <tests/testsupport/testtools.h>

#include <QElapsedTimer>
#include <QTest>

using namespace llmd;

namespace {

YamlValue valueOf(const YamlNode& node)
{
    if (node.isScalar())
        return *node.asString();
    if (node.isSequence()) {
        auto list = YamlValue::list();
        for (std::size_t i = 0; i < node.size(); ++i)
            list.append(valueOf(node[i]));
        return list;
    }
    if (!node.isMapping())
        return {};
    auto map = YamlValue::map();
    for (const auto& key : node.keys())
        map.set(key, valueOf(node[key]));
    return map;
}

bool sameTree(const YamlNode& a, const YamlNode& b)
{
    if (a.kind() != b.kind() || a.size() != b.size() || a.keys() != b.keys())
        return false;
    if (a.isScalar())
        return *a.asString() == *b.asString();
    for (std::size_t i = 0; a.isSequence() && i < a.size(); ++i) {
        if (!sameTree(a[i], b[i]))
            return false;
    }
    const auto keys = a.keys();
    return std::all_of(keys.begin(), keys.end(),
                       [&](const auto& key) { return sameTree(a[key], b[key]); });
}

std::vector<std::string> samples()
{
    return {
        "apiVersion: llm-d/v1\nkind: InferenceService\nmetadata:\n  name: chat\nspec:\n  models:\n"
        "  - id: Qwen/Qwen3-30B-A3B\n    tensorParallel: 2\n  slo: {ttft: 200ms, itl: '20ms'}\n",
        "# prices\nprices:\n  - gpu: \"H100\" # SXM\n    perHour: 2.50\n  - gpu: L40S\n    "
        "perHour: 0.99\n",
        "a: &base {x: 1, y: [1, 2, 3]}\nb: *base\nc: [*base, *base]\n",
        "script: |\n  set -e\n\n  run\nfolded: >-\n  one\n  two\nlast: \"\\u00e4\\n\\x41\"\n",
        "- - 1\n  - ~\n- null\n-\n- ? explicit\n  : value\n- 'it''s'\n",
        "%YAML 1.2\n---\nä: {ö: ü}\n...\n",
        "\xef\xbb\xbfkey: value\r\nother: 中文\r\n",
        "{\"json\": [true, false, null, 1.5e3, \"\\ud83d\"], \"nested\": {\"a\": {\"b\": {}}}}"
    };
}

std::vector<std::string> tokens()
{
    return { "[",
             "]",
             "{",
             "}",
             ": ",
             ":",
             "- ",
             "? ",
             "&a ",
             "*a",
             "!x ",
             "!",
             "|",
             ">",
             "|2-\n",
             "'",
             "\"",
             "\\",
             "#",
             " #",
             "%",
             "---\n",
             "...\n",
             "<<: ",
             "\t",
             "\r",
             ",",
             "~",
             "null",
             "\x04",
             "\xc2\x85",
             "\xe2\x80\xa8",
             "\xef\xbb\xbf",
             "@",
             "`",
             "=",
             "%TAG ! x\n",
             "\"\\",
             "{? ",
             "- - ",
             "\n  " };
}

} // namespace

/** Damaged documents never crash or hang the reader, and what it accepts is written and read back the same. */
class TestYamlFuzz : public QObject
{
    Q_OBJECT

private slots:
    void mutatedDocuments()
    {
        testing::Mutator mutator(samples(), tokens(), 20240601);
        constexpr int count = 20'000;
        int accepted = 0;
        int slowest = 0;
        QElapsedTimer timer;
        for (int i = 0; i < count; ++i) {
            const auto text = mutator.next();
            timer.start();
            const auto first = parseYaml(text, "mutated.yaml");
            slowest = std::max(slowest, static_cast<int>(timer.elapsed()));
            if (!first) {
                const auto& error = first.error();
                QVERIFY2(error.code != ErrorCode::Internal && !error.detail.empty() && error.where
                             && error.where->line >= 0,
                         describe(error).c_str());
                continue;
            }
            ++accepted;
            const auto emitted = emitYaml(valueOf(*first));
            const auto second = parseYaml(emitted, "emitted.yaml");
            QVERIFY2(second.has_value(),
                     second ? "" : (describe(second.error()) + "\n" + emitted).c_str());
            QVERIFY2(sameTree(*first, *second), (text + "\n=>\n" + emitted).c_str());
        }
        qInfo("%d of %d documents accepted, slowest %d ms", accepted, count, slowest);
        // Neither "everything is refused" nor "everything is accepted" would test anything.
        QVERIFY(accepted > count / 20 && accepted < count - count / 20);
        QVERIFY(slowest < 2000);
    }

    void mutatedStreams()
    {
        auto streams = samples();
        streams.push_back("a: 1\n---\n- b\n...\n---\nc\n");
        testing::Mutator mutator(streams, tokens(), 77);
        for (int i = 0; i < 4000; ++i) {
            const auto text = mutator.next() + (i % 2 ? "\n---\n" : "\n...\n") + mutator.next();
            const auto documents = parseYamlDocuments(text);
            if (!documents)
                continue;
            std::vector<YamlValue> values;
            for (const auto& document : *documents)
                values.push_back(valueOf(document));
            const auto again = parseYamlDocuments(emitYamlDocuments(values));
            QVERIFY2(again && again->size() == documents->size(), text.c_str());
            for (std::size_t k = 0; k < values.size(); ++k)
                QVERIFY2(sameTree((*documents)[k], (*again)[k]), text.c_str());
        }
    }
};

QTEST_APPLESS_MAIN(TestYamlFuzz)
#include "tst_yamlfuzz.moc"
