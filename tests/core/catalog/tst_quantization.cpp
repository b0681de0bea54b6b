// SPDX-License-Identifier: Apache-2.0
#include <core/catalog/hfconfig.h>
#include <tests/testsupport/testtools.h>

#include <QTest>

#include <nlohmann/json.hpp>

using namespace llmd;
using nlohmann::json;

namespace {

constexpr int hidden = 128;

json denseConfig()
{
    return { { "model_type", "llama" },    { "hidden_size", hidden },
             { "intermediate_size", 512 }, { "num_hidden_layers", 4 },
             { "num_attention_heads", 8 }, { "num_key_value_heads", 2 },
             { "vocab_size", 1024 },       { "max_position_embeddings", 4096 },
             { "torch_dtype", "bfloat16" } };
}

json expertConfig()
{
    json config = denseConfig();
    config.update({ { "model_type", "deepseek_v3" },
                    { "q_lora_rank", 32 },
                    { "kv_lora_rank", 16 },
                    { "qk_nope_head_dim", 8 },
                    { "qk_rope_head_dim", 8 },
                    { "v_head_dim", 8 },
                    { "n_routed_experts", 4 },
                    { "n_shared_experts", 1 },
                    { "num_experts_per_tok", 2 },
                    { "moe_intermediate_size", 64 },
                    { "first_k_dense_replace", 1 },
                    { "num_nextn_predict_layers", 1 } });
    return config;
}

Result<ModelArchitecture> parse(json config, const char* quantization)
{
    config["quantization_config"] = json::parse(quantization);
    return parseHfConfig(config.dump(), "config.json");
}

std::string precisionOf(const ModelArchitecture& model, ParameterGroup group)
{
    return std::string(toString(model.quantization.of(group).values));
}

double scaleBits(const ModelArchitecture& model, ParameterGroup group)
{
    return model.quantization.of(group).scaleBitsPerValue;
}

} // namespace

/** Every form of `quantization_config`: which groups it covers, with how many bits. */
class TestQuantization : public QObject
{
    Q_OBJECT

private slots:
    void forms_data()
    {
        QTest::addColumn<QByteArray>("config");
        QTest::addColumn<QString>("weights");
        QTest::addColumn<QString>("activations");
        QTest::addColumn<double>("scaleBits");
        QTest::addColumn<QString>("cache");
        QTest::addColumn<int>("groupSize");
        const auto row = [](const char* name, const char* config, const char* weights,
                            const char* activations, double scale, const char* cache, int group) {
            QTest::newRow(name) << QByteArray(config) << QString(weights) << QString(activations)
                                << scale << QString(cache) << group;
        };
        row("fp8 per tensor", R"({"quant_method":"fp8","activation_scheme":"static"})", "fp8",
            "fp8", 0, "bf16", 0);
        row("fp8 blocks", R"({"quant_method":"fp8","weight_block_size":[128,128]})", "fp8", "fp8",
            32.0 / 16384, "bf16", 128);
        row("fbgemm", R"({"quant_method":"fbgemm_fp8","activation_scale_ub":1200.0})", "fp8", "fp8",
            32.0 / hidden, "bf16", 0);
        row("compressed fp8", R"({"quant_method":"compressed-tensors","config_groups":{"group_0":{
            "targets":["Linear"],"weights":{"num_bits":8,"type":"float","strategy":"channel"},
            "input_activations":{"num_bits":8,"type":"float","dynamic":true}}},"ignore":["lm_head"],
            "kv_cache_scheme":{"num_bits":8,"type":"float"}})",
            "fp8", "fp8", 16.0 / hidden, "fp8", 0);
        row("compressed fp8 blocks",
            R"({"quant_method":"compressed-tensors","config_groups":{"group_0":{
            "targets":["Linear"],"weights":{"num_bits":8,"type":"float","strategy":"block",
            "block_structure":[128,128]},"input_activations":{"num_bits":8,"type":"float"}}}})",
            "fp8", "fp8", 32.0 / 16384, "bf16", 128);
        row("compressed w8a8", R"({"config_groups":{"group_0":{"targets":["Linear"],
            "weights":{"num_bits":8,"type":"int","strategy":"channel"},
            "input_activations":{"num_bits":8,"type":"int"}}}})",
            "int8", "int8", 16.0 / hidden, "bf16", 0);
        row("compressed w4a16", R"({"quant_method":"compressed-tensors","config_groups":{"group_0":{
            "targets":["Linear"],"weights":{"num_bits":4,"type":"int","strategy":"group","group_size":32,
            "symmetric":true}}}})",
            "int4", "bf16", 16.0 / 32, "bf16", 32);
        row("compressed w4a16 with zero points",
            R"({"quant_method":"compressed-tensors","config_groups":{
            "group_0":{"targets":["Linear"],"weights":{"num_bits":4,"type":"int","strategy":"group",
            "group_size":32,"symmetric":false}}}})",
            "int4", "bf16", 20.0 / 32, "bf16", 32);
        row("compressed nvfp4", R"({"quant_method":"compressed-tensors","config_groups":{"group_0":{
            "targets":["Linear"],"weights":{"num_bits":4,"type":"float","strategy":"tensor_group",
            "group_size":16},"input_activations":{"num_bits":4,"type":"float","group_size":16}}}})",
            "nvfp4", "nvfp4", 0.5, "bf16", 16);
        row("compressed nvfp4 weights only",
            R"({"quant_method":"compressed-tensors","config_groups":{
            "group_0":{"targets":["Linear"],"weights":{"num_bits":4,"type":"float",
            "strategy":"tensor_group","group_size":16}}}})",
            "nvfp4", "bf16", 0.5, "bf16", 16);
        row("gptq", R"({"quant_method":"gptq","bits":4,"group_size":64,"sym":true})", "int4",
            "bf16", 20.0 / 64, "bf16", 64);
        row("gptq per column", R"({"quant_method":"gptq","bits":8,"group_size":-1})", "int8",
            "bf16", 16.0 / hidden, "bf16", 0);
        row("awq", R"({"quant_method":"awq","w_bit":4,"q_group_size":128,"zero_point":true})",
            "int4", "bf16", 20.0 / 128, "bf16", 128);
        row("auto-round", R"({"quant_method":"auto-round","bits":4,"group_size":128})", "int4",
            "bf16", 20.0 / 128, "bf16", 128);
        row("modelopt fp8",
            R"({"quant_method":"modelopt","quant_algo":"FP8","kv_cache_quant_algo":"FP8",
            "exclude_modules":["lm_head"]})",
            "fp8", "fp8", 0, "fp8", 0);
        row("modelopt nvfp4", R"({"quant_method":"modelopt","quant_algo":"NVFP4","group_size":16,
            "exclude_modules":["lm_head"]})",
            "nvfp4", "nvfp4", 0.5, "bf16", 16);
        row("modelopt nested",
            R"({"producer":{"name":"modelopt"},"quantization":{"quant_algo":"FP8",
            "kv_cache_quant_algo":"FP8"}})",
            "fp8", "fp8", 0, "fp8", 0);
        row("modelopt with groups",
            R"({"quant_method":"modelopt","quant_algo":"NVFP4","config_groups":{
            "group_0":{"targets":["Linear"],"weights":{"num_bits":4,"type":"float","group_size":16},
            "input_activations":{"num_bits":4,"type":"float","group_size":16}}},"ignore":["lm_head"],
            "kv_cache_scheme":{"num_bits":8,"type":"float"}})",
            "nvfp4", "nvfp4", 0.5, "fp8", 16);
        row("bitsandbytes 4",
            R"({"quant_method":"bitsandbytes","load_in_4bit":true,"load_in_8bit":false})", "int4",
            "bf16", 0.5, "bf16", 0);
        row("bitsandbytes 8", R"({"load_in_8bit":true})", "int8", "bf16", 32.0 / hidden, "bf16", 0);
    }

    void forms()
    {
        QFETCH(QByteArray, config);
        QFETCH(QString, weights);
        QFETCH(QString, activations);
        QFETCH(double, scaleBits);
        QFETCH(QString, cache);
        QFETCH(int, groupSize);
        const auto model = parse(denseConfig(), config);
        QVERIFY2(model, model ? "" : describe(model.error()).c_str());
        QVERIFY(model->approximations.empty());
        for (const auto group : { ParameterGroup::Attention, ParameterGroup::DenseFfn }) {
            QCOMPARE(QString::fromStdString(precisionOf(*model, group)), weights);
            COMPARE_NEAR(1 + ::scaleBits(*model, group), 1 + scaleBits, 1e-9);
        }
        for (const auto group :
             { ParameterGroup::Embedding, ParameterGroup::LmHead, ParameterGroup::Norms })
            QCOMPARE(precisionOf(*model, group), std::string("bf16"));
        QCOMPARE(QString::fromStdString(model->quantization.label()), weights);
        QCOMPARE(QString::fromUtf8(toString(model->quantization.activations).data()), activations);
        QCOMPARE(QString::fromUtf8(toString(model->quantization.keyValueCache).data()), cache);
        QCOMPARE(model->quantization.groupSize, groupSize);
        QVERIFY(!model->quantization.atLoad);
    }

    void ignoredModulesStay_data()
    {
        QTest::addColumn<QByteArray>("ignored");
        const auto row = [](const char* ignored) { QTest::newRow(ignored) << QByteArray(ignored); };
        row(R"(["self_attn"])");
        row(R"(["re:.*self_attn.*"])");
        row(R"(["*self_attn*"])");
        row(R"(["model.layers.*.self_attn"])");
        row(R"(["model.layers.0.self_attn","model.layers.1.self_attn","model.layers.2.self_attn",
                "model.layers.3.self_attn"])");
        row(R"(["language_model.model.layers.0.self_attn","model.language_model.layers.1.self_attn",
                "layers.2.self_attn.q_proj","layers.2.self_attn.k_proj","layers.2.self_attn.v_proj",
                "layers.2.self_attn.o_proj","model.layers.3.self_attn"])");
    }

    void ignoredModulesStay()
    {
        QFETCH(QByteArray, ignored);
        const std::string text =
            R"({"quant_method":"fp8","modules_to_not_convert":)" + ignored.toStdString() + "}";
        const auto model = parse(denseConfig(), text.c_str());
        QVERIFY2(model, model ? "" : describe(model.error()).c_str());
        QCOMPARE(precisionOf(*model, ParameterGroup::Attention), std::string("bf16"));
        QCOMPARE(precisionOf(*model, ParameterGroup::DenseFfn), std::string("fp8"));
    }

    void partlyIgnoredGroupsHaveTheirTrueSize()
    {
        // One layer of four stays in 16 bit.
        const auto model = parse(
            denseConfig(), R"({"quant_method":"fp8","modules_to_not_convert":["layers.2.mlp"]})");
        QVERIFY(model);
        QCOMPARE(precisionOf(*model, ParameterGroup::DenseFfn), std::string("fp8"));
        const auto values = static_cast<double>(model->parameters(ParameterGroup::DenseFfn));
        COMPARE_NEAR(model->weightBytes(ParameterGroup::DenseFfn).value(),
                     values * (0.75 + 0.25 * 2), 1e-9);
        // Encoder modules of the same name do not count for the text model.
        const auto vision =
            parse(denseConfig(),
                  R"({"quant_method":"fp8","ignored_layers":["vision_tower.layers.2.mlp"]})");
        QVERIFY(vision);
        COMPARE_NEAR(vision->weightBytes(ParameterGroup::DenseFfn).value(), values, 1e-9);
    }

    void groupsOfExperts()
    {
        const auto model =
            parse(expertConfig(), R"({"quant_method":"compressed-tensors","config_groups":{
            "group_0":{"targets":["Linear"],"weights":{"num_bits":4,"type":"int","strategy":"group",
            "group_size":32}}},"ignore":["lm_head","re:.*self_attn.*","re:.*shared_experts.*",
            "re:.*mlp\\.(gate|up|gate_up|down)_proj.*"]})");
        QVERIFY2(model, model ? "" : describe(model.error()).c_str());
        QCOMPARE(precisionOf(*model, ParameterGroup::RoutedExperts), std::string("int4"));
        for (const auto group : { ParameterGroup::Attention, ParameterGroup::SharedExperts,
                                  ParameterGroup::DenseFfn, ParameterGroup::Router })
            QCOMPARE(precisionOf(*model, group), std::string("bf16"));

        const auto opt = parse(expertConfig(), R"({"quant_method":"modelopt","quant_algo":"NVFP4",
            "exclude_modules":["lm_head","*self_attn*","model.layers.4*"]})");
        QVERIFY(opt);
        QCOMPARE(precisionOf(*opt, ParameterGroup::RoutedExperts), std::string("nvfp4"));
        QCOMPARE(precisionOf(*opt, ParameterGroup::SharedExperts), std::string("nvfp4"));
        QCOMPARE(precisionOf(*opt, ParameterGroup::Attention), std::string("bf16"));
        QCOMPARE(precisionOf(*opt, ParameterGroup::Mtp), std::string("bf16"));

        const auto fp8 = parse(expertConfig(), R"({"quant_method":"fp8"})");
        QVERIFY(fp8);
        QCOMPARE(precisionOf(*fp8, ParameterGroup::Mtp), std::string("fp8"));
    }

    void mixedSchemes()
    {
        const auto model =
            parse(expertConfig(), R"({"quant_method":"compressed-tensors","config_groups":{
            "a":{"targets":["re:.*mlp\\.experts.*"],"weights":{"num_bits":4,"type":"float","strategy":
            "tensor_group","group_size":16},"input_activations":{"num_bits":4,"type":"float"}},
            "b":{"targets":["Linear"],"weights":{"num_bits":8,"type":"float","strategy":"tensor"},
            "input_activations":{"num_bits":8,"type":"float"}}}})");
        QVERIFY2(model, model ? "" : describe(model.error()).c_str());
        QCOMPARE(precisionOf(*model, ParameterGroup::RoutedExperts), std::string("nvfp4"));
        QCOMPARE(precisionOf(*model, ParameterGroup::Attention), std::string("fp8"));
        QCOMPARE(model->quantization.label(), std::string("nvfp4"));

        const auto opt =
            parse(denseConfig(), R"({"quant_method":"modelopt","quant_algo":"MIXED_PRECISION",
            "quantized_layers":{"model.layers.0.mlp":{"quant_algo":"FP8"},"model.layers.1.mlp":
            {"quant_algo":"NVFP4","group_size":16},"model.layers.2.mlp":{"quant_algo":"FP8"}}})");
        QVERIFY2(opt, opt ? "" : describe(opt.error()).c_str());
        const auto values = static_cast<double>(opt->parameters(ParameterGroup::DenseFfn));
        COMPARE_NEAR(opt->weightBytes(ParameterGroup::DenseFfn).value(),
                     values / 4 * (1 + 4.5 / 8 + 1 + 2), 1e-9);
        QCOMPARE(precisionOf(*opt, ParameterGroup::Attention), std::string("bf16"));
    }

    void onlyExpertsOfGptOss()
    {
        json config = denseConfig();
        config.update({ { "model_type", "gpt_oss" },
                        { "num_local_experts", 4 },
                        { "experts_per_token", 2 } });
        const auto model = parse(config, R"({"quant_method":"mxfp4","modules_to_not_convert":[
            "model.layers.*.self_attn","model.layers.*.mlp.router","model.embed_tokens","lm_head"]})");
        QVERIFY2(model, model ? "" : describe(model.error()).c_str());
        QCOMPARE(precisionOf(*model, ParameterGroup::RoutedExperts), std::string("mxfp4"));
        QCOMPARE(scaleBits(*model, ParameterGroup::RoutedExperts), 0.25);
        QCOMPARE(precisionOf(*model, ParameterGroup::Attention), std::string("bf16"));
        // The cache does not take the precision of the weights.
        QVERIFY(model->quantization.keyValueCache == Precision::Bf16);
        QVERIFY(model->quantization.activations == Precision::Bf16);
    }

    void headOnRequest()
    {
        const auto model = parse(
            denseConfig(), R"({"quant_method":"gptq","bits":4,"group_size":128,"lm_head":true})");
        QVERIFY(model);
        QCOMPARE(precisionOf(*model, ParameterGroup::LmHead), std::string("int4"));
    }

    void separateFile()
    {
        const std::string config = denseConfig().dump();
        const std::string quantization = R"({"producer":{"name":"modelopt","version":"0.33"},
            "quantization":{"quant_algo":"NVFP4","kv_cache_quant_algo":"FP8","group_size":16,
            "exclude_modules":["lm_head"]}})";
        const auto model = parseHfConfig(config, "config.json", quantization);
        QVERIFY(model);
        QCOMPARE(model->quantization.label(), std::string("nvfp4"));
        const auto bad = parseHfConfig(config, "config.json", "{");
        QVERIFY(!bad && bad.error().where && bad.error().where->file == "hf_quant_config.json");
    }

    void badConfigsAreNamed_data()
    {
        QTest::addColumn<QByteArray>("config");
        QTest::addColumn<int>("code");
        QTest::addColumn<QString>("mentions");
        const auto row = [](const char* config, ErrorCode code, const char* mentions) {
            QTest::newRow(config) << QByteArray(config) << static_cast<int>(code)
                                  << QString(mentions);
        };
        row(R"({"quant_method":"hqq"})", ErrorCode::Unsupported, "hqq");
        row(R"({})", ErrorCode::Unsupported, "''");
        row(R"([])", ErrorCode::WrongType, "quantization_config");
        row(R"({"quant_method":7})", ErrorCode::WrongType, "quant_method");
        row(R"({"quant_method":"gptq"})", ErrorCode::MissingField, "bits");
        row(R"({"quant_method":"gptq","bits":"four"})", ErrorCode::WrongType, "bits");
        row(R"({"quant_method":"gptq","bits":3})", ErrorCode::Unsupported, "3-bit");
        row(R"({"quant_method":"fp8","weight_block_size":[128]})", ErrorCode::InvalidArgument,
            "weight_block_size");
        row(R"({"quant_method":"fp8","weight_block_size":[0,128]})", ErrorCode::WrongType,
            "weight_block_size");
        row(R"({"quant_method":"fp8","modules_to_not_convert":"lm_head"})", ErrorCode::WrongType,
            "modules_to_not_convert");
        row(R"({"quant_method":"compressed-tensors"})", ErrorCode::MissingField, "config_groups");
        row(R"({"quant_method":"compressed-tensors","config_groups":{"g":{"targets":["Linear"]}}})",
            ErrorCode::MissingField, "config_groups.g.weights");
        row(R"({"quant_method":"compressed-tensors","config_groups":{"g":{"weights":{"num_bits":2}}}})",
            ErrorCode::Unsupported, "2-bit");
        row(R"({"quant_method":"modelopt","quant_algo":"FP6"})", ErrorCode::Unsupported, "FP6");
        row(R"({"quant_method":"modelopt","quant_algo":"MIXED_PRECISION"})", ErrorCode::Unsupported,
            "quantized_layers");
        row(R"({"quant_method":"bitsandbytes","load_in_4bit":true,"load_in_8bit":true})",
            ErrorCode::Unsupported, "load_in_4bit");
    }

    void badConfigsAreNamed()
    {
        QFETCH(QByteArray, config);
        QFETCH(int, code);
        QFETCH(QString, mentions);
        const auto model = parse(denseConfig(), config);
        QVERIFY(!model);
        QVERIFY2(QString::fromStdString(model.error().detail).contains(mentions),
                 model.error().detail.c_str());
        QCOMPARE(static_cast<int>(model.error().code), code);
    }

    void strangePatternsAreMentioned()
    {
        const auto model = parse(
            denseConfig(), R"({"quant_method":"fp8","modules_to_not_convert":["re:(?!x)y"]})");
        QVERIFY(model);
        QCOMPARE(model->approximations.size(), std::size_t(1));
        QVERIFY(model->approximations[0].find("(?!x)y") != std::string::npos);
    }

    void floodsOfPatternsAreRefused()
    {
        json config = denseConfig();
        config["num_hidden_layers"] = 1024;
        json patterns = json::array();
        for (int i = 0; i < 20000; ++i)
            patterns.push_back("re:(a|b|.*)*" + std::to_string(i) + "(.*|c)*");
        config["quantization_config"] = { { "quant_method", "fp8" },
                                          { "modules_to_not_convert", patterns } };
        const auto model = parseHfConfig(config.dump());
        QVERIFY(!model);
        QVERIFY(model.error().code == ErrorCode::LimitExceeded);
    }
};

QTEST_APPLESS_MAIN(TestQuantization)
#include "tst_quantization.moc"
