// SPDX-License-Identifier: Apache-2.0
#include <core/base/yamlreader.h>
#include <tests/testsupport/testtools.h>

#include <QElapsedTimer>
#include <QTest>

#include <fstream>

using namespace llmd;

namespace {

/** One node per line with kind, path, position and text. */
void printTree(const YamlNode& node, std::string& out)
{
    static constexpr const char* kinds[] = { "missing", "null", "scalar", "sequence", "mapping" };
    const auto where = node.location();
    out += node.path() + " " + kinds[static_cast<int>(node.kind())] + " "
        + std::to_string(where.line) + ":" + std::to_string(where.column);
    if (node.isScalar())
        out += (node.wasQuoted() ? " quoted " : " ") + node.asString().value_or("?");
    out += "\n";
    for (const auto& key : node.keys())
        printTree(node[key], out);
    for (std::size_t i = 0; node.isSequence() && i < node.size(); ++i)
        printTree(node[i], out);
}

std::string tree(const YamlNode& node)
{
    std::string out;
    printTree(node, out);
    return out;
}

std::string treeOf(std::string_view text)
{
    const auto root = parseYaml(text, "f.yaml");
    return root ? tree(*root) : "error: " + describe(root.error());
}

std::string billionLaughs(int levels)
{
    std::string text = "l0: &l0 lol\n";
    for (int i = 1; i <= levels; ++i) {
        const auto below = "*l" + std::to_string(i - 1);
        text += "l" + std::to_string(i) + ": &l" + std::to_string(i) + " [" + below;
        for (int k = 1; k < 9; ++k)
            text += "," + below;
        text += "]\n";
    }
    return text;
}

std::string repeated(std::string_view piece, std::size_t times)
{
    std::string text;
    text.reserve(piece.size() * times);
    for (; times > 0; --times)
        text += piece;
    return text;
}

} // namespace

class TestYamlReader : public QObject
{
    Q_OBJECT

private slots:
    void tree_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<QByteArray>("expected");
        const auto row = [](const char* name, const char* text, const char* expected) {
            QTest::newRow(name) << QByteArray(text) << QByteArray(expected);
        };
        row("empty", "", " null 1:1\n");
        row("only a comment", "# nothing\n", " null 1:1\n");
        row("scalar", "text", " scalar 1:1 text\n");
        row("byte order mark",
            "\xef\xbb\xbf"
            "a: 1",
            " mapping 1:1\na scalar 1:4 1\n");
        row("Windows line ends", "a: 1\r\nb: |\r\n  x\r\n",
            " mapping 1:1\na scalar 1:4 1\nb scalar 2:4 quoted x\n\n");
        row("paths", "spec:\n  models:\n  - id: a\n  - id: b\n",
            " mapping 1:1\nspec mapping 2:3\nspec.models sequence 3:3\nspec.models[0] mapping 3:5\n"
            "spec.models[0].id scalar 3:9 a\nspec.models[1] mapping 4:5\nspec.models[1].id scalar "
            "4:9 b\n");
        row("keys that need quotes in a path", "a.b: {'': {x y: 1}}",
            " mapping 1:1\n[\"a.b\"] mapping 1:6\n[\"a.b\"][\"\"] mapping "
            "1:11\n[\"a.b\"][\"\"][\"x y\"] scalar 1:17 1\n");
        row("columns count characters", "ä: {ö: ü, 中: x}",
            " mapping 1:1\nä mapping 1:4\nä.ö scalar 1:8 ü\nä.中 scalar 1:14 x\n");
        row("nothing is guessed", "[yes, 0123, 1e3, 12:30, .5, =, 0x1F]",
            " sequence 1:1\n[0] scalar 1:2 yes\n[1] scalar 1:7 0123\n[2] scalar 1:13 1e3\n[3] "
            "scalar 1:18 12:30\n"
            "[4] scalar 1:25 .5\n[5] scalar 1:29 =\n[6] scalar 1:32 0x1F\n");
        row("nulls", "[~, null, Null, NULL, , 'null', \"~\", nULL]",
            " sequence 1:1\n[0] null 1:2\n[1] null 1:5\n[2] null 1:11\n[3] null 1:17\n[4] null "
            "1:23\n"
            "[5] scalar 1:25 quoted null\n[6] scalar 1:33 quoted ~\n[7] scalar 1:38 nULL\n");
        row("empty value", "a:\nb: ''\n", " mapping 1:1\na null 1:1\nb scalar 2:4 quoted \n");
        row("blocks", "a: |-\n  x\n   y\nb: >\n  x\n  y\n",
            " mapping 1:1\na scalar 1:4 quoted x\n y\nb scalar 4:4 quoted x y\n\n");
        row("escapes", "\"\\x41\\u00e4\\U0001F680\\\"\\\\\\/\"",
            " scalar 1:1 quoted A\u00e4\U0001F680\"\\/\n");
        row("escapes of 1.1", "\"\\N\\_\\L\\P\": \"ä\\N\\e\"",
            " mapping 1:1\n\u0085\u00a0\u2028\u2029 scalar 1:13 quoted ä\u0085\x1b\n");
        row("aliases are copies in their own place", "a: &x {p: [1]}\nb: *x\n",
            " mapping 1:1\na mapping 1:4\na.p sequence 1:11\na.p[0] scalar 1:12 1\nb mapping 1:4\n"
            "b.p sequence 1:11\nb.p[0] scalar 1:12 1\n");
        row("an anchor can be given again", "[&a x, *a, &a y, *a]",
            " sequence 1:1\n[0] scalar 1:2 x\n[1] scalar 1:2 x\n[2] scalar 1:12 y\n[3] scalar 1:12 "
            "y\n");
        row("quoted text behind an anchor is no tag", "&a # !no\n 'x'", " scalar 1:1 quoted x\n");
        row("a quoted << is a key", "'<<': 1", " mapping 1:1\n<< scalar 1:7 1\n");
        row("document end", "a: 1\n...\n# done\n", " mapping 1:1\na scalar 1:4 1\n");
        row("directive", "%YAML 1.2\n---\na: 1", " mapping 3:1\na scalar 3:4 1\n");
    }
    void tree()
    {
        QFETCH(QByteArray, text);
        QFETCH(QByteArray, expected);
        QCOMPARE(QByteArray::fromStdString(treeOf(text.toStdString())), expected);
    }

    void refusals_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<QByteArray>("message");
        const auto row = [](const char* name, QByteArray text, const char* message) {
            QTest::newRow(name) << text << QByteArray(message);
        };
        row("duplicate key", "a: 1\nb: 2\na: 3\n",
            "f.yaml:3:1: the key 'a' in line 3 was already given in line 1; remove one of them");
        row("the first duplicate is named", "b: 1\nc: 1\nc: 1\nb: 1\n", "f.yaml:3:1: the key 'c'");
        row("duplicate below, quoted", "x:\n  a: 1\n  \"a\": 2\n", "f.yaml:3:3: the key 'a'");
        row("duplicate in braces", "{a: 1, a: 2}", "f.yaml:1:8: the key 'a'");
        row("tag", "a: !!str 1", "1:4: the tag '!!str' is not supported");
        row("local tag", "a: !env X", "the tag '!env' is not supported");
        row("tag on a mapping", "!x {a: 1}", "the tag '!x' is not supported");
        row("tag on a key", "!x a: 1", "the tag '!x' is not supported");
        row("tag on nothing", "a: !!null", "is not supported");
        row("bare tag", "a: ! 1", "the tag '!' is not supported");
        row("bare tag behind an anchor", "a: &b ! \"1\"", "the tag '!' is not supported");
        row("sequence as key", "? [a]\n: 1", "1:3: a sequence cannot be a key here");
        row("mapping as key", "{a: 1}: 1", "a mapping cannot be a key here");
        row("null as key", "~: 1", "1:1: an empty or null value cannot be a key here");
        row("empty key", ": 1", "an empty or null value cannot be a key here");
        row("alias as key", "a: &x b\n*x : 1", "2:1: an alias cannot be a key here");
        row("anchor on a key", "&x a: 1", "anchor");
        row("merge key", "a: &x {p: 1}\nb:\n  <<: *x", "3:3: the merge key '<<' is not supported");
        row("unknown alias", "a: *x", "1:4: this alias has no anchor before it");
        row("alias of itself", "a: &x [*x]", "1:8: this alias refers to a value that contains it");
        row("UTF-16",
            QByteArray("\xff\xfe"
                       "a\0",
                       4),
            "1:1: the text is UTF-16");
        row("Latin-1", "a: 1\nb: x\xe4y\n", "2:5: the text is not valid UTF-8");
        row("Latin-1 at the end", "a: \xe4\xb8", "1:4: the text is not valid UTF-8");
        row("NUL", QByteArray("a: \0", 4), "1:4: a control character; write it as \"\\x00\"");
        row("escape character", "a: ä\x1b[0m", "1:5: a control character; write it as \"\\x1b\"");
        row("delete character", "a: \x7f", "write it as \"\\x7f\"");
        row("old Mac line ends", "a: 1\rb: 2", "1:5: a carriage return without a line feed");
        row("two documents", "a: 1\n---\nb: 2", "2:1: a second document begins here");
        row("text after the value", "- 1\nfoo", "2:1: unexpected text after the end of the value");
        row("two values", "\"a\" \"b\"", "1:5: unexpected text after the end of the value");
        row("open bracket", "a: [1, 2", "a ']' or ',' is missing");
        row("open brace", "a: {b: 1", "a '}' or ',' is missing");
        row("closing bracket", "a: 1\n]", "2:1: a ']' or '}' without its opening bracket");
        row("open quote", "a: \"x", "the closing quote of this text is missing");
        row("open quote before a line break", "a: \"x\nb: 1\n",
            "the closing quote of this text is missing");
        row("open single quote", "a: &x 'it''s\nb: 1\n",
            "the closing quote of this text is missing");
        row("open quote after an escaped one", "\"a\": \"x\\\"\n",
            "the closing quote of this text is missing");
        row("tab", "a:\n\tb: 1", "2:3: ");
        row("colon in text", "a: b: c", "1:5: a ':' is not expected here");
        row("wrong indentation", "a:\n  b: 1\n c: 2", "3:2: ");
        row("reserved character", "a: @b", "1:4: this character cannot begin a value");
        row("surrogate escape", "\"\\ud800\"", "not valid YAML");
        row("unknown escape", "\"\\q\"", "not valid YAML");
        row("future version", "%YAML 3.0\n---\na", "not valid YAML");
    }
    void refusals()
    {
        QFETCH(QByteArray, text);
        QFETCH(QByteArray, message);
        VERIFY_ERROR(parseYaml(text.toStdString(), "f.yaml"), message.toStdString());
    }

    void documents()
    {
        const auto all = parseYamlDocuments("a: 1\n---\n# c\n- x\n...\n# d\ny\n---\n", "f");
        VERIFY_OK(all);
        QCOMPARE(all->size(), 4u);
        QCOMPARE((*all)[0]["a"].asString().value_or("?"), "1");
        QCOMPARE((*all)[1][0].location().line, 4);
        QCOMPARE((*all)[2].asString().value_or("?"), "y");
        QVERIFY((*all)[3].isNull());
        QCOMPARE(parseYamlDocuments("")->size(), 0u);
        VERIFY_ERROR(parseYamlDocuments("[a] [b]"), "unexpected text");
        VERIFY_ERROR(parseYamlDocuments("a: &x 1\n---\nb: *x\n"), "no anchor before it");
    }

    void limits()
    {
        YamlLimits limits;
        limits.bytes = 10;
        VERIFY_OK(parseYaml("0123456789", "", limits));
        VERIFY_ERROR(parseYaml("01234567890", "", limits), "larger than the limit of 10 bytes");
        limits = {};
        limits.nodes = 4;
        VERIFY_OK(parseYaml("[1, 2, 3]", "", limits));
        VERIFY_ERROR(parseYaml("[1, 2, 3, 4]", "", limits), "more than the allowed 4 values");
        limits = {};
        limits.depth = 3;
        VERIFY_OK(parseYaml("[[1]]", "", limits));
        VERIFY_ERROR(parseYaml("[[[1]]]", "", limits), "deeper than the allowed 3 levels");
        VERIFY_ERROR(parseYaml("a: &x [[1]]\nb: [*x]\n", "", limits), "deeper");
        limits = {};
        limits.depth = 4;
        VERIFY_ERROR(parseYaml("a: &x [[1]]\nb: [[*x]]\n", "", limits),
                     "once aliases are expanded");
        QVERIFY(parseYaml("[[[[1]]]]", "", limits).error().code == ErrorCode::LimitExceeded);
        limits = {};
        limits.bytes = 200;
        const auto text = "a: &x " + std::string(90, 'x') + "\nb: [*x, *x]\n";
        VERIFY_ERROR(parseYaml(text, "", limits), "bytes of text once its aliases are expanded");
    }

    void crowdedLinesAreRefused()
    {
        YamlLimits limits;
        limits.lineMarks = 6;
        VERIFY_OK(parseYaml("[a, b, c, d, e]\n", "", limits));
        VERIFY_OK(parseYaml("a: [b, c]\nd: [e, f, g]\n", "", limits));
        VERIFY_ERROR(parseYaml("a: 1\nb: [a, b, c, d, e, f]\n", "", limits),
                     "line 2:21: the line has more than the allowed 6 brackets and commas");
        VERIFY_ERROR(parseYaml(repeated("[", 15u << 20)), "brackets and commas");
    }

    void aliasBombsAreRefusedQuickly()
    {
        QElapsedTimer timer;
        timer.start();
        VERIFY_OK(parseYaml(billionLaughs(3)));
        VERIFY_ERROR(parseYaml(billionLaughs(9)), "aliases repeat more than the allowed");
        VERIFY_ERROR(parseYaml(billionLaughs(60)), "aliases repeat more than the allowed");
        // Many aliases of one long text need little space as nodes.
        const auto text =
            "a: &x " + std::string(1u << 20, 'x') + "\nb: [" + repeated("*x,", 50'000) + "]\n";
        VERIFY_ERROR(parseYaml(text), "bytes of text once its aliases are expanded");
        QVERIFY2(timer.elapsed() < 8000, QByteArray::number(timer.elapsed()));
    }

    void deepNestingIsRefusedQuickly_data()
    {
        QTest::addColumn<QByteArray>("piece");
        for (const char* piece : { "[", "{", "{a: ", "[[{", "- ", "? ", "a: [", "[a, ", "&x [",
                                   "!x [", "- - ? ", "{? " })
            QTest::newRow(piece) << QByteArray(piece);
    }
    void deepNestingIsRefusedQuickly()
    {
        QFETCH(QByteArray, piece);
        QElapsedTimer timer;
        timer.start();
        YamlLimits limits;
        QVERIFY(!parseYaml(repeated(piece.toStdString(), 200'000), "", limits));
        limits.depth = 1'000'000; // then the parser itself has to stop in time
        limits.lineMarks = 1'000'000;
        QVERIFY(!parseYaml(repeated(piece.toStdString(), 200'000), "", limits));
        QVERIFY2(timer.elapsed() < 8000, QByteArray::number(timer.elapsed()));
    }

    void deepIndentationIsRefusedQuickly()
    {
        std::string text;
        for (std::size_t i = 0; i < 2000; ++i)
            text += std::string(i, ' ') + "a:\n";
        VERIFY_ERROR(parseYaml(text), "deeper than the allowed 64 levels");
    }

    void largeDocumentsAreReadInLinearTime_data()
    {
        QTest::addColumn<QByteArray>("text");
        std::string keys;
        for (int i = 0; i < 100'000; ++i)
            keys += "key" + std::to_string(i) + ": value\n";
        QTest::newRow("keys") << QByteArray::fromStdString(keys);
        QTest::newRow("one line") << QByteArray::fromStdString("[" + repeated("12345, ", 100'000)
                                                               + "1]");
        QTest::newRow("one line of non-ASCII")
            << QByteArray::fromStdString("[" + repeated("äöü, ", 100'000) + "1]");
        QTest::newRow("one text") << QByteArray::fromStdString("a: \"" + repeated("word ", 200'000)
                                                               + "\"");
        QTest::newRow("one plain text") << QByteArray::fromStdString(repeated("word ", 200'000));
        QTest::newRow("one block")
            << QByteArray::fromStdString("a: |\n" + repeated("  line\n", 100'000));
        QTest::newRow("comments") << QByteArray::fromStdString(repeated("# line\n", 100'000));
        QTest::newRow("blank lines") << QByteArray::fromStdString(repeated("\n", 500'000));
        QTest::newRow("sequence") << QByteArray::fromStdString(repeated("- a\n", 200'000));
        QTest::newRow("quotes") << QByteArray::fromStdString("[" + repeated("'',", 200'000) + "]");
    }
    void largeDocumentsAreReadInLinearTime()
    {
        QFETCH(QByteArray, text);
        QElapsedTimer timer;
        timer.start();
        VERIFY_OK(parseYaml(text.toStdString()));
        QVERIFY2(timer.elapsed() < 5000, QByteArray::number(timer.elapsed()));
    }

    void typesAreAskedFor()
    {
        const auto root = parseYaml(
            "n: 1.5\ni: -3\nb: true\ns: text\nq: '1'\nk: 5k\nl: [a, 'b', 1]\nm: [a, [b]]\n"
            "e:\ninf: .inf\nyes: yes\noct: 0o17\nbig: 1e400\n",
            "f.yaml");
        VERIFY_OK(root);
        const auto& node = *root;
        QCOMPARE(node["n"].asNumber().value_or(0), 1.5);
        QCOMPARE(node["i"].asInteger().value_or(0), -3);
        QCOMPARE(node["i"].asNumber().value_or(0), -3.0);
        QCOMPARE(node["b"].asBool().value_or(false), true);
        QCOMPARE(node["n"].asString().value_or("?"), "1.5");
        QVERIFY((node["l"].asStrings().value_or(std::vector<std::string>())
                 == std::vector<std::string> { "a", "b", "1" }));
        VERIFY_ERROR(node["n"].asInteger(), "f.yaml:1:4: n: '1.5' is not a whole number");
        VERIFY_ERROR(node["k"].asNumber(), "f.yaml:6:4: k: '5k' is not a number");
        VERIFY_ERROR(node["q"].asNumber(),
                     "q: found the text '1' in quotes, expected a number; remove the quotes");
        VERIFY_ERROR(node["q"].asBool(), "remove the quotes");
        VERIFY_ERROR(node["yes"].asBool(), "yes: found 'yes', expected true or false");
        VERIFY_ERROR(node["inf"].asNumber(), "is not a number");
        VERIFY_ERROR(node["big"].asNumber(), "too large");
        VERIFY_ERROR(node["oct"].asInteger(), "is not a whole number");
        VERIFY_ERROR(node["l"].asString(), "l: found a sequence, expected text");
        VERIFY_ERROR(node["e"].asString(), "e: found nothing (null), expected text");
        VERIFY_ERROR(node["m"].asStrings(), "m[1]: found a sequence, expected text");
        VERIFY_ERROR(node["s"].asStrings(), "s: found a single value, expected a sequence");
        VERIFY_ERROR(node.asNumber(), "found a mapping, expected a number");
        QVERIFY(node["k"].asNumber().error().code == ErrorCode::WrongType);
        QVERIFY(node["none"].asString().error().code == ErrorCode::MissingField);
    }

    void missingNodesCanBeAskedFurther()
    {
        const YamlNode none;
        QVERIFY(!none.exists() && !none["a"]["b"][3].exists());
        QVERIFY(none.keys().empty());
        QCOMPARE(none.size(), 0u);
        QCOMPARE(none.path(), "");
        QVERIFY(!none.issue(Severity::Warning, "x").where);
        QVERIFY(!none.asBool());
        const auto root = parseYaml("a: [1]");
        QVERIFY(!(*root)["a"]["x"].exists());
        QVERIFY(!(*root)["a"][1].exists());
        QVERIFY(!(*root)[0].exists());
    }

    void nodesOutliveTheDocument()
    {
        const auto inner = parseYaml("a: {b: [x, y]}")->operator[]("a")["b"];
        QCOMPARE(inner[1].asString().value_or("?"), "y");
        QCOMPARE(inner.path(), "a.b");
    }

    void issuesCarryPlaceAndPath()
    {
        const auto root = parseYaml("a:\n  - b: 1\n", "f.yaml");
        QCOMPARE(describe((*root)["a"][0]["b"].issue(Severity::Warning, "too small")),
                 "f.yaml:2:8: warning: a[0].b: too small");
    }

    void unknownKeysAreReported()
    {
        const auto root = parseYaml("model: x\nrepilcas: 3\nbanana: 1\n", "f.yaml");
        std::vector<Issue> issues;
        reportUnknownKeys(*root, { "model", "replicas" }, issues);
        QCOMPARE(issues.size(), 2u);
        QCOMPARE(describe(issues[0]),
                 "f.yaml:2:11: warning: repilcas: unknown key 'repilcas' is ignored; did you mean "
                 "'replicas'?");
        QVERIFY(describe(issues[1]).find("known keys are model, replicas") != std::string::npos);
        reportUnknownKeys(YamlNode(), { "model" }, issues);
        QCOMPARE(issues.size(), 2u);
    }

    void filesAreRead()
    {
        const testing::TemporaryFolder folder;
        const auto path = folder / "spec.yaml";
        std::ofstream(path) << "a: 1\na: 2\n";
        VERIFY_ERROR(readYamlFile(path), path.string() + ":2:1: the key 'a'");
        VERIFY_ERROR(readYamlFile(folder / "none.yaml"), "it does not exist");
        VERIFY_ERROR(readYamlFile(folder.path()), "it is a folder");
    }
};

QTEST_APPLESS_MAIN(TestYamlReader)
#include "tst_yamlreader.moc"
