// SPDX-License-Identifier: Apache-2.0
#include <core/base/units.h>

#include <QTest>

#include <type_traits>

using namespace llmd;

class TestUnits : public QObject
{
    Q_OBJECT

private slots:
    void quotientsHaveTheRightUnit()
    {
        static_assert(std::is_same_v<decltype(Bytes(1) / BytesPerSecond(1)), Seconds>);
        static_assert(std::is_same_v<decltype(Seconds(1) / Seconds(1)), double>);
        static_assert(std::is_same_v<decltype(RequestsPerSecond(1) * Seconds(1)), Requests>);
        QCOMPARE((Bytes(3e12) / gigabytesPerSecond(3000)).value(), 1.0);
    }

    void edgesConvert()
    {
        QCOMPARE(inMilliseconds(Seconds(0.2)), 200.0);
        QCOMPARE(gibibytes(1).value(), 1073741824.0);
        QCOMPARE(inDollarsPerHour(dollarsPerHour(2.5)), 2.5);
        QVERIFY(gigabytes(80) < gibibytes(80));
    }
};

QTEST_APPLESS_MAIN(TestUnits)
#include "tst_units.moc"
