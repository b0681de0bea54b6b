// SPDX-License-Identifier: Apache-2.0
#include <core/search/gpusupport.h>
#include <tests/core/search/smallcatalog.h>

#include <QTest>

using namespace llmd;

namespace {

/** A checkpoint whose linear weights are stored like this. */
Model stored(const std::string& method, Precision values, Precision activations)
{
    Model model = test::denseModel("acme/model");
    Quantization& quantization = model.architecture.quantization;
    quantization.method = method;
    quantization.activations = activations;
    quantization.of(ParameterGroup::Attention).values = values;
    quantization.of(ParameterGroup::DenseFfn).values = values;
    return model;
}

Gpu hardware(const std::string& architecture)
{
    Gpu gpu = test::gpu("x", 80, 2000, 300, 0);
    gpu.architecture = architecture;
    const bool cdna = architecture.starts_with("CDNA");
    gpu.vendor = cdna ? GpuVendor::Amd : GpuVendor::Nvidia;
    if (architecture == "Turing")
        gpu.bf16 = FlopsPerSecond();
    if (architecture == "Ada" || architecture == "Hopper" || architecture.starts_with("Blackwell")
        || architecture == "CDNA3")
        gpu.fp8 = teraflopsPerSecond(600);
    return gpu;
}

} // namespace

class TestGpuSupport : public QObject
{
    Q_OBJECT

private slots:
    void table_data()
    {
        QTest::addColumn<QString>("format");
        QTest::addColumn<QString>("runsOn");
        QTest::newRow("bf16") << "bf16"
                              << "Turing Ampere Ada Hopper Blackwell CDNA2 CDNA3";
        QTest::newRow("fp8") << "fp8"
                             << "Ampere Ada Hopper Blackwell CDNA3";
        QTest::newRow("int8 w8a8") << "w8a8"
                                   << "Turing Ampere Ada Hopper";
        QTest::newRow("int8 w8a16") << "w8a16"
                                    << "Turing Ampere Ada Hopper Blackwell";
        QTest::newRow("awq") << "awq"
                             << "Turing Ampere Ada Hopper Blackwell";
        QTest::newRow("w4a16") << "w4a16"
                               << "Ampere Ada Hopper Blackwell";
        QTest::newRow("mxfp4") << "mxfp4"
                               << "Ampere Ada Hopper Blackwell CDNA3";
        QTest::newRow("nvfp4") << "nvfp4"
                               << "Ampere Ada Hopper Blackwell";
    }

    void table()
    {
        QFETCH(QString, format);
        QFETCH(QString, runsOn);
        const Model model = format == "bf16" ? stored("none", Precision::Bf16, Precision::Bf16)
            : format == "fp8"                ? stored("fp8", Precision::Fp8, Precision::Fp8)
            : format == "w8a8"  ? stored("compressed-tensors", Precision::Int8, Precision::Int8)
            : format == "w8a16" ? stored("gptq", Precision::Int8, Precision::Bf16)
            : format == "awq"   ? stored("awq", Precision::Int4, Precision::Bf16)
            : format == "w4a16" ? stored("compressed-tensors", Precision::Int4, Precision::Bf16)
            : format == "mxfp4" ? stored("mxfp4", Precision::Mxfp4, Precision::Bf16)
                                : stored("modelopt", Precision::Nvfp4, Precision::Nvfp4);
        for (const char* architecture :
             { "Turing", "Ampere", "Ada", "Hopper", "Blackwell", "CDNA2", "CDNA3" }) {
            const std::string obstacle = gpuObstacle(model, hardware(architecture));
            QVERIFY2(obstacle.empty() == runsOn.split(' ').contains(QString(architecture)),
                     (std::string(architecture) + ": " + obstacle).c_str());
        }
    }

    void gpusOutsideThePlan()
    {
        Gpu gpu = hardware("Hopper");
        const Model model = stored("none", Precision::Bf16, Precision::Bf16);
        QVERIFY(gpuObstacle(model, gpu).empty());
        gpu.servedByVllm = false;
        QVERIFY(!gpuObstacle(model, gpu).empty());
        gpu.servedByVllm = true;
        gpu.bf16 = gpu.fp16 = FlopsPerSecond();
        QVERIFY(!gpuObstacle(model, gpu).empty());
    }

    void otherPrecisions()
    {
        const Model bf16 = stored("none", Precision::Bf16, Precision::Bf16);
        QVERIFY(needsFp16(bf16, hardware("Turing")));
        QVERIFY(!needsFp16(bf16, hardware("Ampere")));
        QVERIFY(canQuantizeAtLoad(bf16, hardware("Hopper")));
        QVERIFY(!canQuantizeAtLoad(bf16, hardware("Ampere")));
        QVERIFY(
            !canQuantizeAtLoad(stored("fp8", Precision::Fp8, Precision::Fp8), hardware("Hopper")));
    }
};

QTEST_APPLESS_MAIN(TestGpuSupport)
#include "tst_gpusupport.moc"
