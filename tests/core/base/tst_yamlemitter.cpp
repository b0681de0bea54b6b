// SPDX-License-Identifier: Apache-2.0
#include <core/base/text.h>
#include <core/base/yamlemitter.h>
#include <core/base/yamlreader.h>
#include <tests/testsupport/mutate.h>
#include <tests/testsupport/testtools.h>

#include <QProcess>
#include <QTest>

#include <nlohmann/json.hpp>

#include <cmath>
#include <cstring>
#include <limits>
#include <set>

using namespace llmd;

namespace {

/** Strings that one parser or another takes for something else. */
std::vector<std::string> hostileStrings()
{
    std::vector<std::string> all { "",
                                   " ",
                                   "  ",
                                   "\t",
                                   "\n",
                                   "\r",
                                   "\r\n",
                                   "\n\n",
                                   " a",
                                   "a ",
                                   "a\n",
                                   "\na",
                                   "a\n\n",
                                   "a\tb",
                                   "a\rb",
                                   "a\nb",
                                   "~",
                                   "null",
                                   "Null",
                                   "NULL",
                                   "nULL",
                                   "true",
                                   "True",
                                   "TRUE",
                                   "tRue",
                                   "false",
                                   "False",
                                   "y",
                                   "Y",
                                   "n",
                                   "N",
                                   "yes",
                                   "Yes",
                                   "YES",
                                   "no",
                                   "NO",
                                   "on",
                                   "On",
                                   "ON",
                                   "off",
                                   "OFF",
                                   "none",
                                   "None",
                                   "0",
                                   "1",
                                   "-1",
                                   "+1",
                                   "00",
                                   "0123",
                                   "0o17",
                                   "0O17",
                                   "0x1F",
                                   "0X1f",
                                   "0b101",
                                   "1_000",
                                   "1,000",
                                   "123e4",
                                   "1e3",
                                   "1E3",
                                   "1e+3",
                                   "1.",
                                   ".5",
                                   "-.5",
                                   "+.5",
                                   "1.5",
                                   "1.5e3",
                                   ".",
                                   "..",
                                   "...",
                                   ".1.2",
                                   "0.8.1",
                                   "1.2.3",
                                   "12:30",
                                   "12:30:45",
                                   "190:20:30.15",
                                   "1:2",
                                   ":1",
                                   "2001-12-14",
                                   "2001-12-14t21:59:43.10-05:00",
                                   "2001-12-14 21:59:43.10 -5",
                                   "2001-1-1",
                                   ".inf",
                                   "-.inf",
                                   "+.INF",
                                   ".Inf",
                                   ".nan",
                                   ".NaN",
                                   ".NAN",
                                   "inf",
                                   "-inf",
                                   "nan",
                                   "NaN",
                                   "Infinity",
                                   "-Infinity",
                                   "0x",
                                   "0b",
                                   "0o",
                                   "1e",
                                   "e1",
                                   "e",
                                   "E5",
                                   "_",
                                   "_1",
                                   "1_",
                                   "-",
                                   "--",
                                   "---",
                                   "----",
                                   "--- a",
                                   "- a",
                                   "-a",
                                   "--a",
                                   "-1a",
                                   "- ",
                                   "?",
                                   "? a",
                                   "?a",
                                   ":",
                                   ": a",
                                   ":a",
                                   "a:",
                                   "a: b",
                                   "a : b",
                                   "a:b",
                                   "http://host:80/x",
                                   "a #b",
                                   "a#b",
                                   "#",
                                   "# a",
                                   "#a",
                                   "&",
                                   "&a",
                                   "*",
                                   "*a",
                                   "!",
                                   "!a",
                                   "!!str",
                                   "|",
                                   "|-",
                                   ">",
                                   ">-",
                                   "%",
                                   "%TAG",
                                   "%YAML 1.2",
                                   "@",
                                   "@a",
                                   "`",
                                   "`a`",
                                   "\"",
                                   "\"a\"",
                                   "'",
                                   "'a'",
                                   "it's",
                                   "say \"hi\"",
                                   "\\",
                                   "a\\b",
                                   "\\n",
                                   "{",
                                   "}",
                                   "{}",
                                   "{a: b}",
                                   "{{ .Values.x }}",
                                   "[",
                                   "]",
                                   "[]",
                                   "[a]",
                                   ",",
                                   "a, b",
                                   "a,b",
                                   "=",
                                   "<<",
                                   "<",
                                   "a=b",
                                   "$(POD_NAME)",
                                   "${X}",
                                   "(x)",
                                   "/data",
                                   ".hidden",
                                   "10m",
                                   "16Gi",
                                   "1.5Gi",
                                   "100k",
                                   "1e3k",
                                   "3d",
                                   "8b",
                                   "deadbeef",
                                   "0xdeadbeef",
                                   "1a2b",
                                   "70B",
                                   "v0.8.1",
                                   "vllm/vllm-openai:v0.8",
                                   "Qwen/Qwen3-30B-A3B",
                                   "nvidia.com/gpu",
                                   "--model=x",
                                   "--max-model-len",
                                   "-tp",
                                   "\x01",
                                   "\x1b[31m",
                                   "\x7f",
                                   "a\x08",
                                   "\xc2\x80",
                                   "\xc2\x85",
                                   "a\xc2\x85z",
                                   "\xc2\xa0",
                                   "\xc2\xa0x",
                                   "\xc2\xad",
                                   "\xe2\x80\xa8",
                                   "a\xe2\x80\xa9z",
                                   "\xe2\x80\xae",
                                   "\xe2\x80\x8b",
                                   "\xef\xbb\xbf",
                                   "\xef\xbb\xbfyes",
                                   "\xef\xbf\xbe",
                                   "\xef\xbf\xbf",
                                   "\xef\xbf\xbd",
                                   "\xed\x9f\xbf",
                                   "\xee\x80\x80",
                                   "\xf0\x9f\x9a\x80",
                                   "\xf4\x8f\xbf\xbf",
                                   "ä",
                                   "中文",
                                   "é: ü",
                                   "\u0130",
                                   "ｙｅｓ",
                                   "١٢٣",
                                   "\u3000",
                                   "a\u3000",
                                   std::string("\0", 1),
                                   std::string("a\0b", 3),
                                   std::string(5000, 'x'),
                                   std::string(1200, 'k') + ": v",
                                   std::string(1023, 'a'),
                                   std::string(1024, 'a'),
                                   std::string(1025, 'a'),
                                   std::string(400, '"'),
                                   "word " + std::string(200, 'w') + " word" };
    for (int c = 0; c < 0x80; ++c) { // every ASCII character alone, first, last and inside
        const std::string one(1, static_cast<char>(c));
        all.insert(all.end(),
                   { one, one + "a", "a" + one, "a" + one + "b", one + one, "a " + one, one + " a",
                     "1" + one });
    }
    return all;
}

/** The same, and many at random; each once. */
std::vector<std::string> manyStrings()
{
    const auto hostile = hostileStrings();
    std::set<std::string> all(hostile.begin(), hostile.end());
    testing::Mutator random({}, {}, 3);
    while (all.size() < 6000)
        all.insert(random.hostileString());
    return { all.begin(), all.end() };
}

/** In quotes and ASCII, for messages. */
std::string shown(const std::string& text)
{
    return nlohmann::json(text).dump(-1, ' ', true);
}

/** Every string as list item, as value and as key, alone, nested, and as block. */
YamlValue documentOf(const std::vector<std::string>& strings)
{
    auto items = YamlValue::list();
    auto blocks = YamlValue::list();
    auto values = YamlValue::list();
    for (const auto& text : strings) {
        items.append(text);
        blocks.append(YamlValue::block(text));
        values.append(YamlValue::map({ { "k", text }, { "b", YamlValue::block(text) } }));
        values.append(YamlValue::map({ { text, text } }));
        values.append(YamlValue::map({ { text, YamlValue::list({ text }) } }));
        values.append(YamlValue::list({ YamlValue::list({ text, YamlValue::block(text) }) }));
    }
    return YamlValue::map({ { "items", items }, { "blocks", blocks }, { "values", values } });
}

/** Runs PyYAML on `yaml`; nothing if it is not installed. */
std::optional<nlohmann::json> readWithPython(const std::string& yaml)
{
    QProcess python;
    python.start("python3",
                 { "-c",
                   "import json, sys\n"
                   "try:\n    import yaml\nexcept ImportError:\n    sys.exit(77)\n"
                   "text = sys.stdin.buffer.read().decode('utf-8')\n"
                   "docs = list(yaml.safe_load_all(text))\n"
                   "sys.stdout.write(json.dumps(docs, default=repr))\n" });
    if (!python.waitForStarted())
        return std::nullopt;
    python.write(yaml.data(), static_cast<qint64>(yaml.size()));
    python.closeWriteChannel();
    python.waitForFinished(120'000);
    if (python.exitCode() == 77)
        return std::nullopt;
    if (python.exitCode() != 0)
        qWarning("%s", python.readAllStandardError().right(500).constData());
    const auto output = python.readAllStandardOutput().toStdString();
    return nlohmann::json::parse(output, nullptr, false); // "discarded" if it is not valid
}

} // namespace

class TestYamlEmitter : public QObject
{
    Q_OBJECT

private slots:
    void layout()
    {
        auto container = YamlValue::map({ { "name", "decode" } });
        container.set("image", "vllm/vllm-openai:v0.8", "pinned\nby row A");
        container.set("args", YamlValue::list({ "--model=x", "--port", 8000, "8000" }));
        auto settings = YamlValue::map(
            { { "yes", "no" }, { "ratio", 0.9 }, { "whole", 2.0 }, { "none", YamlValue() } });
        settings.setHeadComment("why\nso\n");
        auto first = YamlValue::map(
            { { "name", YamlValue("a").setHeadComment("of the name") }, { "on", true } });
        first.setHeadComment("of the item");
        const auto document =
            YamlValue::map({ { "apiVersion", "v1" },
                             { "containers", YamlValue::list({ container }) },
                             { "settings", settings },
                             { "empty", YamlValue::list() },
                             { "emptyMap", YamlValue::map() },
                             { "nested", YamlValue::list({ YamlValue::list({ 1, 2 }), 3 }) },
                             { "named", YamlValue::list({ first }) },
                             { "script", YamlValue::block("set -e\n\n  run # it\n") },
                             { "tail", YamlValue::block("a\nb") },
                             { "more", YamlValue::block("a\n\n") } });
        COMPARE_GOLDEN(emitYaml(document, "Made by a test.\n\nDo not edit."), "yaml/layout.yaml");
    }

    void documents()
    {
        QCOMPARE(emitYamlDocuments(
                     { YamlValue::map({ { "a", 1 } }), YamlValue::list({ "b" }), "c" }, "top"),
                 "# top\na: 1\n---\n- b\n---\nc\n");
        QCOMPARE(emitYamlDocuments({}), "");
        QCOMPARE(emitYaml({}), "null\n");
        QCOMPARE(emitYaml(YamlValue::map()), "{}\n");
        QCOMPARE(emitYaml(YamlValue::block("a\nb\n")), "|\n  a\n  b\n");
        QCOMPARE(emitYaml("---"), "\"---\"\n");
    }

    void plainWhereItIsSafe_data()
    {
        QTest::addColumn<QByteArray>("text");
        for (const char* text :
             { "decode", "vllm/vllm-openai:v0.8", "nvidia.com/gpu", "--model=Qwen/Qwen3-30B", "-tp",
               "10m", "16Gi", "/data", "http://host:80/x", "a, b", "it's", "$(POD_NAME)", "中文",
               "ä", "yesterday", "nothing", "v1", "70M", "a#b" })
            QTest::newRow(text) << QByteArray(text);
    }
    void plainWhereItIsSafe()
    {
        QFETCH(QByteArray, text);
        QCOMPARE(emitYaml(text.toStdString()), text.toStdString() + "\n");
    }

    void quotedWhereItIsNot()
    {
        for (const char* text :
             { "yes",  "NO",  "On",    "y",     "~",          "null",  "True", "0123", "0o17",
               "1e3",  ".5",  "12:30", "1_000", "2001-12-14", "0.8.1", "=",    "<<",   "a: b",
               "a #b", "- a", "",      " a",    "a ",         "a:",    "{a}",  "[a]",  "&a",
               "*a",   "!a",  "|",     ">",     "%a",         "@a",    "`a",   "'a",   "\"a",
               "#a",   "?",   ".inf",  "-.INF", ".NaN",       "inf",   "-inf", "1e5f" }) {
            const auto emitted = emitYaml(text);
            QVERIFY2(emitted.front() == '"', emitted.c_str());
        }
    }

    void numbers_data()
    {
        QTest::addColumn<double>("value");
        QTest::addColumn<QByteArray>("text");
        const auto row = [](double value, const char* text) {
            QTest::newRow(text) << value << QByteArray(text);
        };
        row(0, "0.0");
        row(-0.0, "-0.0");
        row(1, "1.0");
        row(0.1, "0.1");
        row(-2.5, "-2.5");
        row(1e6, "1000000.0");
        row(1e21, "1.0e+21");
        row(1.5e300, "1.5e+300");
        row(1e-9, "1.0e-9");
        row(2.5e-12, "2.5e-12");
        row(0.1 + 0.2, "0.30000000000000004");
        row(std::numeric_limits<double>::infinity(), ".inf");
        row(-std::numeric_limits<double>::infinity(), "-.inf");
        row(std::numeric_limits<double>::quiet_NaN(), ".nan");
    }
    void numbers()
    {
        QFETCH(double, value);
        QFETCH(QByteArray, text);
        QCOMPARE(emitYaml(value), text.toStdString() + "\n");
    }

    void integersAndBooleans()
    {
        QCOMPARE(emitYaml(std::numeric_limits<std::int64_t>::min()), "-9223372036854775808\n");
        QCOMPARE(emitYaml(true), "true\n");
        QCOMPARE(emitYaml(false), "false\n");
    }

    void editing()
    {
        YamlValue value;
        value.set("a", 1).set("b", 2).set("a", 3);
        QCOMPARE(emitYaml(value), "a: 3\nb: 2\n");
        QVERIFY(value.find("b") && !value.find("c"));
        QVERIFY(!value.find("b")->find("x") && YamlValue().isNull() && !value.isNull());
        YamlValue list;
        list.append(1).append(YamlValue::map({ { "k", "1" }, { "k", "2" } }));
        QCOMPARE(emitYaml(list), "- 1\n- k: \"2\"\n"); // no key twice, ever
    }

    void commentsCannotEscape()
    {
        const std::string evil = "x\nadmin: true\r\nb: 1\xc2\x85"
                                 "c: 1\xe2\x80\xa8"
                                 "d: 1\x1b[31m\xff\xef\xbb\xbf";
        auto value = YamlValue::map({ { "a", 1 } });
        value.set("k", YamlValue(2).setHeadComment(evil), evil);
        value.set("m", YamlValue::map({ { "n", YamlValue(1).setHeadComment(evil) } }), evil);
        value.set("l", YamlValue::list({ YamlValue(1).setHeadComment(evil) }), evil);
        value.set("b", YamlValue::block("text\n"), evil);
        const auto emitted = emitYaml(value, evil);
        const auto read = parseYaml(emitted);
        VERIFY_OK(read);
        QVERIFY((read->keys() == std::vector<std::string> { "a", "k", "m", "l", "b" }));
        QVERIFY(emitted.find('\x1b') == std::string::npos
                && emitted.find("\xc2\x85") == std::string::npos);
        QCOMPARE((*read)["b"].asString().value_or("?"), "text\n");
    }

    void invalidUtf8BecomesReplacementCharacters()
    {
        const auto read = parseYaml(emitYaml(
            YamlValue::map({ { "a\xff", "\xc3(\xe4\xb8" }, { "b", YamlValue::block("\x80\n") } })));
        VERIFY_OK(read);
        QCOMPARE(read->keys()[0], "a\uFFFD");
        QCOMPARE((*read)["a\uFFFD"].asString().value_or("?"), "\uFFFD(\uFFFD\uFFFD");
        QCOMPARE((*read)["b"].asString().value_or("?"), "\uFFFD\n");
    }

    void ourReaderGivesTheSameStrings()
    {
        const auto strings = manyStrings();
        YamlLimits limits;
        limits.bytes = 64u << 20;
        const auto read = parseYaml(emitYaml(documentOf(strings)), "", limits);
        VERIFY_OK(read);
        for (std::size_t i = 0; i < strings.size(); ++i) {
            const auto& text = strings[i];
            const auto check = [&](const char* where, const YamlNode& node) {
                QVERIFY2(node.isScalar() && *node.asString() == text,
                         (where + shown(text) + " became " + shown(node.asString().value_or("?")))
                             .c_str());
            };
            const auto values = [&](std::size_t k) { return (*read)["values"][4 * i + k]; };
            check("item ", (*read)["items"][i]);
            check("block ", (*read)["blocks"][i]);
            check("value ", values(0)["k"]);
            check("block value ", values(0)["b"]);
            check("keyed ", values(1)[text]);
            check("keyed list ", values(2)[text][0]);
            check("deep ", values(3)[0][0]);
            check("deep block ", values(3)[0][1]);
            if (QTest::currentTestFailed())
                return;
        }
    }

    void eachAloneAsDocument()
    {
        for (const auto& text : hostileStrings()) {
            const auto documents = parseYamlDocuments(emitYamlDocuments(
                { text, YamlValue::block(text), YamlValue::map({ { text, 1 } }) }, text));
            VERIFY_OK(documents);
            QCOMPARE(documents->size(), 3u);
            QVERIFY2((*documents)[0].asString().value_or("?") == text, shown(text).c_str());
            QVERIFY2((*documents)[1].asString().value_or("?") == text, shown(text).c_str());
            QVERIFY2((*documents)[2][text].exists(), shown(text).c_str());
        }
    }

    /** Extra: YAML 1.1 as most tools of the field read it. */
    void pythonGivesTheSameStrings()
    {
        const auto strings = manyStrings();
        const auto read = readWithPython(
            emitYamlDocuments({ documentOf(strings), YamlValue(1e21), YamlValue(2.0) }));
        if (!read)
            QSKIP("python3 with PyYAML is not installed, the comparison with it did not run");
        QVERIFY(read->is_array() && read->size() == 3);
        QVERIFY((*read)[1].is_number_float() && (*read)[1] == 1e21);
        QVERIFY((*read)[2].is_number_float() && (*read)[2] == 2.0);
        const auto& root = (*read)[0];
        for (std::size_t i = 0; i < strings.size(); ++i) {
            const auto& text = strings[i];
            const auto check = [&](const char* where, const nlohmann::json& value) {
                QVERIFY2(value == text,
                         (where + shown(text) + " became " + value.dump(-1, ' ', true)).c_str());
            };
            const auto& values = root["values"];
            check("item ", root["items"][i]);
            check("block ", root["blocks"][i]);
            check("value ", values[4 * i]["k"]);
            check("block value ", values[4 * i]["b"]);
            check("keyed ", values[4 * i + 1].value(text, nlohmann::json()));
            check("keyed list ",
                  values[4 * i + 2].value(text, nlohmann::json::array({ nullptr }))[0]);
            check("deep block ", values[4 * i + 3][0][1]);
            if (QTest::currentTestFailed())
                return;
        }
    }

    /** Extra: random doubles keep type and value in YAML 1.1. */
    void pythonGivesTheSameNumbers()
    {
        std::mt19937_64 random(5);
        auto list = YamlValue::list();
        std::vector<double> expected;
        while (expected.size() < 3000) {
            const auto bits = random();
            double value = expected.size() % 2 == 0 ? static_cast<double>(bits % 1000) * 1e6 : 0;
            if (expected.size() % 2 == 1)
                std::memcpy(&value, &bits, sizeof value);
            if (!std::isfinite(value))
                continue;
            expected.push_back(value);
            list.append(value);
            QCOMPARE(parseYaml(emitYaml(value))->asNumber().value_or(-1), value);
        }
        const auto read = readWithPython(emitYaml(list));
        if (!read)
            QSKIP("python3 with PyYAML is not installed, the comparison with it did not run");
        const auto& values = (*read)[0];
        QCOMPARE(values.size(), expected.size());
        for (std::size_t i = 0; i < values.size(); ++i)
            QVERIFY2(values[i].is_number_float() && values[i] == expected[i],
                     values[i].dump().c_str());
    }
};

QTEST_APPLESS_MAIN(TestYamlEmitter)
#include "tst_yamlemitter.moc"
