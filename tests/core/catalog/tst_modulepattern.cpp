// SPDX-License-Identifier: Apache-2.0
#include <core/catalog/modulepattern.h>

#include <QElapsedTimer>
#include <QTest>

#include <string>

using llmd::hf::ModulePattern;

/** Patterns of quantisation configs, which name the modules that stay in 16 bit. */
class TestModulePattern : public QObject
{
    Q_OBJECT

private slots:
    void regexMatchesLikePython_data()
    {
        QTest::addColumn<QString>("expression");
        QTest::addColumn<QString>("name");
        QTest::addColumn<bool>("matches");
        const QString attention = "model.layers.10.self_attn.q_proj";
        QTest::newRow("anywhere") << ".*self_attn.*" << attention << true;
        QTest::newRow("only from the start") << "self_attn" << attention << false;
        QTest::newRow("not to the end") << "model.layers" << attention << true;
        QTest::newRow("end") << "model.layers$" << attention << false;
        QTest::newRow("end that holds") << ".*q_proj$" << attention << true;
        QTest::newRow("start sign") << "^model" << attention << true;
        QTest::newRow("escaped dot") << "model\\.layers\\.10\\." << attention << true;
        QTest::newRow("escaped dot is no letter") << "model\\.layers\\.1\\." << attention << false;
        QTest::newRow("digits") << "model\\.layers\\.\\d+\\.self_attn" << attention << true;
        QTest::newRow("choice") << ".*\\.(k|q|v)_proj" << attention << true;
        QTest::newRow("choice without the name") << ".*\\.(k|v)_proj" << attention << false;
        QTest::newRow("group without number") << ".*(?:gate|q)_proj" << attention << true;
        QTest::newRow("class") << ".*layers\\.[0-9]+\\." << attention << true;
        QTest::newRow("negated class") << "[^.]+\\.layers" << attention << true;
        QTest::newRow("negated class that fails") << "[^m]odel" << attention << false;
        QTest::newRow("optional") << "models?\\.layers" << attention << true;
        QTest::newRow("several") << "model\\.layers\\.1+0" << attention << true;
        QTest::newRow("lazy") << ".*?self_attn" << attention << true;
        QTest::newRow("nested choice") << "model\\.(layers\\.(1|10)|norm)\\." << attention << true;
        QTest::newRow("empty choice") << "(x|)model" << attention << true;
        QTest::newRow("dense part of a mixed model") << ".*mlp\\.(gate|up|gate_up|down)_proj.*"
                                                     << "model.layers.0.mlp.up_proj" << true;
        QTest::newRow("its experts stay quantised")
            << ".*mlp\\.(gate|up|gate_up|down)_proj.*"
            << "model.layers.1.mlp.experts.0.up_proj" << false;
    }

    void regexMatchesLikePython()
    {
        QFETCH(QString, expression);
        QFETCH(QString, name);
        QFETCH(bool, matches);
        const auto pattern = ModulePattern::fromRegex(expression.toStdString());
        QVERIFY(pattern.has_value());
        QCOMPARE(pattern->matchesStart(name.toStdString()), matches);
    }

    void globMatchesModulesAndTheirParts()
    {
        const auto pattern = ModulePattern::fromGlob("model.layers.*.self_attn");
        QVERIFY(pattern.has_value());
        QVERIFY(pattern->matchesModule("model.layers.3.self_attn"));
        QVERIFY(pattern->matchesModule("model.layers.3.self_attn.q_proj"));
        QVERIFY(!pattern->matchesModule("model.layers.3.self_attention"));
        QVERIFY(!pattern->matchesModule("a.model.layers.3.self_attn"));
        const auto inside = ModulePattern::fromGlob("*self_attn*");
        QVERIFY(inside && inside->matchesModule("model.layers.3.self_attn.o_proj"));
        const auto prefix = ModulePattern::fromGlob("model.layers.61*");
        QVERIFY(prefix && prefix->matchesModule("model.layers.61.mlp.experts.0.up_proj"));
        QVERIFY(!prefix->matchesModule("model.layers.6.mlp"));
    }

    void unknownSyntaxIsRefused_data()
    {
        QTest::addColumn<QString>("expression");
        for (const char* text : { "(", ")", "a)", "[", "[a", "*", "+a", "a{2}", "(?!x)y",
                                  "(?P<n>x)", "a\\", "\\b", "\\1", "a^b", "[\\", "a**" })
            QTest::newRow(text) << text;
        QTest::newRow("long") << QString(1000, 'a');
        QTest::newRow("deep") << QString(100, '(') + "a" + QString(100, ')');
    }

    void unknownSyntaxIsRefused()
    {
        QFETCH(QString, expression);
        QVERIFY(!ModulePattern::fromRegex(expression.toStdString()));
    }

    void hostilePatternsTakeLittleTime()
    {
        // A matcher that goes back and tries again would need longer than the universe exists.
        const auto pattern = ModulePattern::fromRegex("(a*)*(a*)*(a*)*(a|a)*(a|aa)+b");
        QVERIFY(pattern.has_value());
        QElapsedTimer timer;
        timer.start();
        QVERIFY(!pattern->matchesStart(std::string(2000, 'a')));
        QVERIFY(timer.elapsed() < 2000);
    }
};

QTEST_APPLESS_MAIN(TestModulePattern)
#include "tst_modulepattern.moc"
