// SPDX-License-Identifier: Apache-2.0
#include <core/catalog/hfconfig.h>
#include <tests/testsupport/testtools.h>

#include <QTest>

#include <nlohmann/json.hpp>

using namespace llmd;
using nlohmann::json;

namespace {

json plainConfig()
{
    return { { "model_type", "llama" },    { "hidden_size", 64 },
             { "intermediate_size", 128 }, { "num_hidden_layers", 4 },
             { "num_attention_heads", 8 }, { "num_key_value_heads", 2 },
             { "vocab_size", 256 },        { "max_position_embeddings", 4096 } };
}

json latentConfig()
{
    json config = plainConfig();
    config.update({ { "model_type", "deepseek_v3" },
                    { "q_lora_rank", 32 },
                    { "kv_lora_rank", 16 },
                    { "qk_nope_head_dim", 8 },
                    { "qk_rope_head_dim", 4 },
                    { "v_head_dim", 8 },
                    { "n_routed_experts", 4 },
                    { "n_shared_experts", 1 },
                    { "num_experts_per_tok", 2 },
                    { "moe_intermediate_size", 32 },
                    { "first_k_dense_replace", 1 } });
    return config;
}

Result<ModelArchitecture> parse(const json& config)
{
    return parseHfConfig(config.dump(), "config.json");
}

/** "full, full, window" … of the layers in their order. */
std::string kinds(const ModelArchitecture& model)
{
    std::string text;
    for (const std::uint16_t index : model.layerOrder) {
        switch (model.groups[index].mixer.kind) {
        case MixerKind::FullAttention:
            text += 'f';
            break;
        case MixerKind::SlidingWindow:
            text += 'w';
            break;
        case MixerKind::ChunkedAttention:
            text += 'c';
            break;
        case MixerKind::Mla:
            text += 'l';
            break;
        case MixerKind::Recurrent:
            text += 'r';
            break;
        case MixerKind::None:
            text += '-';
            break;
        }
    }
    return text;
}

std::string experts(const ModelArchitecture& model)
{
    std::string text;
    for (const std::uint16_t index : model.layerOrder) {
        const FeedForward& ffn = model.groups[index].feedForward;
        text += ffn.isMoe() ? 'E' : (ffn.denseParameters > 0 ? 'D' : '-');
    }
    return text;
}

} // namespace

/** Reading of Hugging Face configs: families, refusals and messages. */
class TestHfConfig : public QObject
{
    Q_OBJECT

private slots:
    void plainDecoder()
    {
        const auto model = parse(plainConfig());
        QVERIFY2(model, model ? "" : describe(model.error()).c_str());
        QCOMPARE(model->layers(), 4);
        QCOMPARE(model->queryHeads(), 8);
        QCOMPARE(model->keyValueHeads(), 2);
        QCOMPARE(model->groups.size(), std::size_t(1));
        QCOMPARE(model->groups[0].mixer.headDim, 8);
        QVERIFY(model->dtype == Precision::Bf16);
        QVERIFY(!model->tiedEmbeddings);
        QVERIFY(model->approximations.empty());
        // embedding and head, attention (q and o, k and v), feed-forward, norms
        QCOMPARE(model->textParameters(),
                 2LL * 256 * 64 + 4 * (2 * 64 * 64 + 2 * 64 * 16 + 3 * 64 * 128 + 2 * 64) + 64);
    }

    void layerKinds_data()
    {
        QTest::addColumn<QByteArray>("changes");
        QTest::addColumn<QString>("kinds");
        QTest::addColumn<QString>("experts");
        const auto row = [](const char* name, const char* changes, const char* expectedKinds,
                            const char* expectedExperts = "DDDD") {
            QTest::newRow(name) << QByteArray(changes) << QString(expectedKinds)
                                << QString(expectedExperts);
        };
        row("mistral with a window", R"({"model_type":"mistral","sliding_window":1024})", "wwww");
        row("window wider than any context", R"({"model_type":"phi3","sliding_window":4096})",
            "ffff");
        row("qwen2 keeps its window off",
            R"({"model_type":"qwen2","sliding_window":1024,"use_sliding_window":false})", "ffff");
        row("qwen2 with a window in later layers",
            R"({"model_type":"qwen2","sliding_window":1024,"use_sliding_window":true,"max_window_layers":2})",
            "ffww");
        row("gemma 2", R"({"model_type":"gemma2","sliding_window":1024})", "wfwf");
        row("gemma 3",
            R"({"model_type":"gemma3_text","sliding_window":512,"sliding_window_pattern":3})",
            "wwfw");
        row("listed layers", R"({"model_type":"gemma3_text","sliding_window":512,
            "layer_types":["full_attention","sliding_attention","sliding_attention","full_attention"]})",
            "fwwf");
        row("cohere 2", R"({"model_type":"cohere2","sliding_window":512})", "wwwf");
        row("gpt-oss",
            R"({"model_type":"gpt_oss","sliding_window":128,"num_local_experts":4,"experts_per_token":2})",
            "wfwf", "EEEE");
        row("mixtral", R"({"model_type":"mixtral","num_local_experts":4,"num_experts_per_tok":2})",
            "ffff", "EEEE");
        row("qwen2 experts in every second layer",
            R"({"model_type":"qwen2_moe","num_experts":4,"num_experts_per_tok":2,"moe_intermediate_size":16,
                "shared_expert_intermediate_size":32,"decoder_sparse_step":2})",
            "ffff", "DEDE");
        row("qwen3 with dense layers",
            R"({"model_type":"qwen3_moe","num_experts":4,"num_experts_per_tok":2,"moe_intermediate_size":16,
                "mlp_only_layers":[0,3]})",
            "ffff", "DEED");
        row("llama 4", R"({"model_type":"llama4_text","num_local_experts":4,"num_experts_per_tok":1,
            "interleave_moe_layer_step":2,"attention_chunk_size":1024})",
            "cccf", "DEDE");
        row("llama 4 with lists",
            R"({"model_type":"llama4_text","num_local_experts":4,"num_experts_per_tok":1,
            "moe_layers":[0],"no_rope_layers":[0,1,1,0],"attention_chunk_size":1024})",
            "fccf", "EDDD");
        row("qwen3-next",
            R"({"model_type":"qwen3_next","linear_num_key_heads":2,"linear_num_value_heads":4,
            "linear_key_head_dim":8,"linear_value_head_dim":8,"linear_conv_kernel_dim":4,"num_experts":4,
            "num_experts_per_tok":2,"moe_intermediate_size":16,"shared_expert_intermediate_size":16})",
            "rrrf", "EEEE");
        row("nemotron-h",
            R"({"model_type":"nemotron_h","hybrid_override_pattern":"M-*E","mamba_num_heads":8,
            "mamba_head_dim":8,"n_groups":2,"ssm_state_size":16,"conv_kernel":4,"n_routed_experts":4,
            "num_experts_per_tok":2,"moe_intermediate_size":16,"n_shared_experts":1})",
            "r-f-", "-D-E");
        row("granite hybrid",
            R"({"model_type":"granitemoehybrid","mamba_n_heads":8,"mamba_d_head":16,
            "mamba_n_groups":1,"mamba_d_state":16,"mamba_d_conv":4,"shared_intermediate_size":64,
            "num_local_experts":4,"num_experts_per_tok":2,"layer_types":["mamba","mamba","attention","mamba"]})",
            "rrfr", "EEEE");
        row("pruned", R"({"model_type":"nemotron-nas","block_configs":[
            {"attention":{"n_heads_in_group":4},"ffn":{"ffn_mult":1.5}},
            {"attention":{"no_op":true},"ffn":{"ffn_mult":0.5}},
            {"attention":{"no_op":true},"ffn":{"no_op":true}},
            {"attention":{"replace_with_linear":true},"ffn":{"intermediate_size":32}}]})",
            "f---", "DD-D");
    }

    void layerKinds()
    {
        QFETCH(QByteArray, changes);
        QFETCH(QString, kinds);
        QFETCH(QString, experts);
        json config = plainConfig();
        config.update(json::parse(changes.toStdString()));
        const auto model = parse(config);
        QVERIFY2(model, model ? "" : describe(model.error()).c_str());
        QCOMPARE(QString::fromStdString(::kinds(*model)), kinds);
        QCOMPARE(QString::fromStdString(::experts(*model)), experts);
    }

    void latentAttention()
    {
        json config = latentConfig();
        const auto model = parse(config);
        QVERIFY2(model, model ? "" : describe(model.error()).c_str());
        QCOMPARE(::kinds(*model), std::string("llll"));
        QCOMPARE(::experts(*model), std::string("DEEE"));
        const TokenMixer& mixer = model->groups[0].mixer;
        QCOMPARE(mixer.headDim, 12);
        QCOMPARE(mixer.valueHeadDim, 8);
        QCOMPARE(mixer.kvLoraRank, 16);
        QCOMPARE(mixer.ropeHeadDim, 4);
        QCOMPARE(mixer.keyValueHeads, 1);
        QVERIFY(mixer.hasKeyValueCache());
        QCOMPARE(mixer.linearParameters,
                 64LL * 32 + 32 * 8 * 12 + 64 * (16 + 4) + 16 * 8 * (8 + 8) + 8 * 8 * 64);
        // The folded up-projections are split over the ranks, the rotary table is not.
        const double folded = 4.0 * 16 * 8 * (8 + 8) * 2;
        const double table = 4096.0 * 4 * 2;
        QCOMPARE(model->residentBufferBytes(1).value(), folded + table);
        QCOMPARE(model->residentBufferBytes(4).value(), folded / 4 + table);

        config["q_lora_rank"] = nullptr;
        const auto direct = parse(config);
        QVERIFY(direct);
        QCOMPARE(direct->groups[0].mixer.linearParameters,
                 64LL * 8 * 12 + 64 * (16 + 4) + 16 * 8 * (8 + 8) + 8 * 8 * 64);

        config = latentConfig();
        config.update({ { "model_type", "deepseek_v32" },
                        { "index_n_heads", 2 },
                        { "index_head_dim", 8 },
                        { "index_topk", 512 } });
        const auto sparse = parse(config);
        QVERIFY(sparse);
        QCOMPARE(sparse->groups[0].mixer.sparseTopK, 512);
        QCOMPARE(sparse->groups[0].mixer.indexHeadDim, 8);
        QCOMPARE(sparse->groups[0].mixer.linearParameters - mixer.linearParameters,
                 32LL * 2 * 8 + 64 * 8 + 64 * 2);
    }

    void recurrentState()
    {
        json config = plainConfig();
        config.update({ { "model_type", "nemotron_h" },
                        { "hybrid_override_pattern", "MM*-" },
                        { "mamba_num_heads", 8 },
                        { "mamba_head_dim", 16 },
                        { "n_groups", 2 },
                        { "ssm_state_size", 32 },
                        { "conv_kernel", 4 } });
        const auto model = parse(config);
        QVERIFY2(model, model ? "" : describe(model.error()).c_str());
        const TokenMixer& mamba = model->groups[0].mixer;
        QCOMPARE(mamba.stateElements, 8LL * 16 * 32);
        QCOMPARE(mamba.convStateElements, (8LL * 16 + 2 * 2 * 32) * 3);
        QVERIFY(!mamba.hasKeyValueCache());
        QVERIFY(model->hasRecurrentLayers());
        QCOMPARE(model->queryHeads(), 8);
    }

    void multimodal()
    {
        json text = plainConfig();
        text["model_type"] = "gemma3_text";
        const json config = { { "model_type", "gemma3" },
                              { "text_config", text },
                              { "torch_dtype", "float16" },
                              { "vision_config",
                                { { "hidden_size", 32 },
                                  { "intermediate_size", 64 },
                                  { "num_hidden_layers", 2 },
                                  { "patch_size", 14 },
                                  { "image_size", 28 } } } };
        const auto model = parse(config);
        QVERIFY2(model, model ? "" : describe(model.error()).c_str());
        QVERIFY(model->multimodal);
        QVERIFY(model->tiedEmbeddings);
        QVERIFY(model->dtype == Precision::Fp16);
        QCOMPARE(model->modelType, std::string("gemma3_text"));
        QVERIFY(model->visionParameters > 2 * (4 * 32 * 32 + 2 * 32 * 64));
        QVERIFY(model->approximations.empty());

        json other = config;
        other["model_type"] = "somethingvl";
        const auto estimated = parse(other);
        QVERIFY(estimated);
        QCOMPARE(estimated->approximations.size(), std::size_t(1));
        QVERIFY(estimated->approximations[0].find("image encoder") != std::string::npos);
    }

    void defaultsOfTheConfigClass()
    {
        // The 4B checkpoint of Gemma 3 leaves out what equals the defaults of its class.
        const json config = { { "model_type", "gemma3" },
                              { "text_config",
                                { { "model_type", "gemma3_text" },
                                  { "hidden_size", 2560 },
                                  { "intermediate_size", 10240 },
                                  { "num_hidden_layers", 34 },
                                  { "sliding_window", 1024 } } } };
        const auto model = parse(config);
        QVERIFY2(model, model ? "" : describe(model.error()).c_str());
        QCOMPARE(model->textParameters(), 3880263168LL);
    }

    void dtypes_data()
    {
        QTest::addColumn<QByteArray>("changes");
        QTest::addColumn<int>("dtype");
        const auto row = [](const char* text, Precision precision) {
            QTest::newRow(text) << QByteArray(text) << static_cast<int>(precision);
        };
        row(R"({"torch_dtype":"float16"})", Precision::Fp16);
        row(R"({"dtype":"bfloat16"})", Precision::Bf16);
        row(R"({"torch_dtype":"torch.float16"})", Precision::Fp16);
        row(R"({"torch_dtype":"float32"})",
            Precision::Bf16); // the engine's choice for such checkpoints
        row(R"({"torch_dtype":null})", Precision::Bf16);
    }

    void dtypes()
    {
        QFETCH(QByteArray, changes);
        QFETCH(int, dtype);
        json config = plainConfig();
        config.update(json::parse(changes.toStdString()));
        const auto model = parse(config);
        QVERIFY(model);
        QCOMPARE(static_cast<int>(model->dtype), dtype);
        QCOMPARE(static_cast<int>(model->quantization.keyValueCache), dtype);
    }

    void badFieldsAreNamed_data()
    {
        QTest::addColumn<QByteArray>("changes");
        QTest::addColumn<int>("code");
        QTest::addColumn<QString>("mentions");
        const auto row = [](const char* changes, ErrorCode code, const char* mentions) {
            QTest::newRow(changes)
                << QByteArray(changes) << static_cast<int>(code) << QString(mentions);
        };
        row(R"({"hidden_size":null})", ErrorCode::MissingField, "hidden_size");
        row(R"({"hidden_size":"64"})", ErrorCode::WrongType, "hidden_size");
        row(R"({"hidden_size":-64})", ErrorCode::InvalidArgument, "hidden_size");
        row(R"({"hidden_size":0})", ErrorCode::InvalidArgument, "hidden_size");
        row(R"({"hidden_size":64.5})", ErrorCode::WrongType, "hidden_size");
        row(R"({"hidden_size":1e30})", ErrorCode::InvalidArgument, "hidden_size");
        row(R"({"hidden_size":[64]})", ErrorCode::WrongType, "hidden_size");
        row(R"({"num_attention_heads":0})", ErrorCode::InvalidArgument, "num_attention_heads");
        row(R"({"num_key_value_heads":3})", ErrorCode::InvalidArgument, "num_key_value_heads");
        row(R"({"num_key_value_heads":16})", ErrorCode::InvalidArgument, "num_key_value_heads");
        row(R"({"num_hidden_layers":100000000})", ErrorCode::InvalidArgument, "num_hidden_layers");
        row(R"({"num_hidden_layers":true})", ErrorCode::WrongType, "num_hidden_layers");
        row(R"({"vocab_size":{}})", ErrorCode::WrongType, "vocab_size");
        row(R"({"tie_word_embeddings":"yes"})", ErrorCode::WrongType, "tie_word_embeddings");
        row(R"({"torch_dtype":"float12"})", ErrorCode::InvalidArgument, "float12");
        row(R"({"torch_dtype":16})", ErrorCode::WrongType, "torch_dtype");
        row(R"({"architectures":"Llama"})", ErrorCode::WrongType, "architectures");
        row(R"({"layer_types":["full_attention"]})", ErrorCode::InvalidArgument, "layer_types");
        row(R"({"layer_types":[1,2,3,4]})", ErrorCode::WrongType, "layer_types");
        row(R"({"layer_types":["full_attention","mystery","full_attention","full_attention"]})",
            ErrorCode::Unsupported, "mystery");
        row(R"({"text_config":{"model_type":"llama"}})", ErrorCode::MissingField,
            "text_config.hidden_size");
        row(R"({"text_config":7})", ErrorCode::WrongType, "text_config");
        row(R"({"model_type":"mixtral","num_local_experts":2,"num_experts_per_tok":4})",
            ErrorCode::InvalidArgument, "4 experts");
        row(R"({"model_type":"nemotron_h","hybrid_override_pattern":"MX*-"})",
            ErrorCode::Unsupported, "'X'");
        row(R"({"model_type":"nemotron_h","hybrid_override_pattern":"M*"})",
            ErrorCode::InvalidArgument, "2 layers");
        row(R"({"model_type":"nemotron-nas","block_configs":[]})", ErrorCode::InvalidArgument,
            "block_configs");
        row(R"({"model_type":"llama","vision_config":{"hidden_size":32}})", ErrorCode::MissingField,
            "vision_config");
        row(R"({"model_type":"mixtral","hidden_size":4000000,"intermediate_size":4000000,
            "num_local_experts":16384,"num_experts_per_tok":2,"num_attention_heads":8})",
            ErrorCode::LimitExceeded, "parameters");
    }

    void badFieldsAreNamed()
    {
        QFETCH(QByteArray, changes);
        QFETCH(int, code);
        QFETCH(QString, mentions);
        json config = plainConfig();
        config.update(json::parse(changes.toStdString()));
        const auto model = parse(config);
        QVERIFY(!model);
        QVERIFY2(QString::fromStdString(model.error().detail).contains(mentions),
                 model.error().detail.c_str());
        QCOMPARE(static_cast<int>(model.error().code), code);
        QVERIFY(model.error().where && model.error().where->file == "config.json");
    }

    void badDocuments_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<int>("code");
        const auto row = [](const char* name, const QByteArray& text, ErrorCode code) {
            QTest::newRow(name) << text << static_cast<int>(code);
        };
        row("empty", "", ErrorCode::Syntax);
        row("list", "[1]", ErrorCode::WrongType);
        row("truncated", R"({"model_type":"llama",)", ErrorCode::Syntax);
        row("too large a number", R"({"model_type":"llama","hidden_size":1e999})",
            ErrorCode::Syntax);
        row("bad text", "{\"model_type\":\"\xff\xfe\"}", ErrorCode::Syntax);
        row("deep", QByteArray(5000, '[') + QByteArray(5000, ']'), ErrorCode::LimitExceeded);
        row("deep object",
            QByteArray("{\"a\":").repeated(2000) + "1" + QByteArray("}").repeated(2000),
            ErrorCode::LimitExceeded);
        row("huge", QByteArray(5 << 20, ' '), ErrorCode::LimitExceeded);
        row("no type", R"({"hidden_size":64})", ErrorCode::MissingField);
        row("NaN", R"({"model_type":"llama","hidden_size":NaN})", ErrorCode::MissingField);
        row("infinite", R"({"model_type":"llama","hidden_size":-Infinity})",
            ErrorCode::MissingField);
    }

    void badDocuments()
    {
        QFETCH(QByteArray, text);
        QFETCH(int, code);
        const auto model = parseHfConfig(
            std::string_view(text.constData(), static_cast<std::size_t>(text.size())), "x.json");
        QVERIFY(!model);
        QCOMPARE(static_cast<int>(model.error().code), code);
    }

    void syntaxErrorsHaveAPosition()
    {
        const auto model = parseHfConfig("{\n  \"a\": 1,\n  \"b\": oops\n}", "x.json");
        QVERIFY(!model);
        QVERIFY(model.error().where.has_value());
        QCOMPARE(model.error().where->line, 3);
        QCOMPARE(model.error().where->column, 8);
    }

    void numberWordsOfPythonAreAccepted()
    {
        std::string text = plainConfig().dump();
        text.insert(1, R"("time_step_limit":[0.0,Infinity,-Infinity,NaN],"note":"Infinity",)");
        QVERIFY(parseHfConfig(text));
    }

    void unknownTypes()
    {
        json config = plainConfig();
        config["model_type"] = "brandnew";
        const auto plain = parse(config);
        QVERIFY(plain);
        QCOMPARE(plain->approximations.size(), std::size_t(1));
        QVERIFY(plain->approximations[0].find("brandnew") != std::string::npos);

        for (const char* special :
             { "num_experts", "kv_lora_rank", "compress_ratios", "ssm_state_size" }) {
            json strange = config;
            strange[special] = 4;
            const auto refused = parse(strange);
            QVERIFY2(!refused, special);
            QVERIFY(refused.error().code == ErrorCode::Unsupported);
            QVERIFY(refused.error().detail.find("brandnew") != std::string::npos);
        }
        json bert = config;
        bert.erase("intermediate_size");
        QVERIFY(!parse(bert));
    }

    void rotaryTables()
    {
        json config = plainConfig();
        const double plainSize = 4096.0 * 8;
        QCOMPARE(static_cast<double>(parse(config)->rotaryTableElements), plainSize);
        config["rope_scaling"] = { { "rope_type", "linear" }, { "factor", 8.0 } };
        QCOMPARE(static_cast<double>(parse(config)->rotaryTableElements), 8 * plainSize);
        config["rope_scaling"] = { { "type", "yarn" },
                                   { "factor", 4.0 },
                                   { "original_max_position_embeddings", 2048 } };
        QCOMPARE(static_cast<double>(parse(config)->rotaryTableElements), 2 * plainSize);
        config["rope_scaling"] = { { "rope_type", "llama3" }, { "factor", 8.0 } };
        config["partial_rotary_factor"] = 0.5;
        QCOMPARE(static_cast<double>(parse(config)->rotaryTableElements), plainSize / 2);
    }

    void sharedConfigsAreRead()
    {
        const std::filesystem::path folder = LLMD_SHARED_DIR "/model_configs";
        if (!std::filesystem::exists(folder))
            QSKIP("the folder with full configs is not there");
        int read = 0;
        for (const auto& entry : std::filesystem::directory_iterator(folder)) {
            const auto model = readHfConfig(entry.path());
            // Its compressed KV caches are outside of what a token mixer can say.
            const bool known = entry.path().filename() != "deepseek-ai--DeepSeek-V4-Flash.json";
            QVERIFY2(model.has_value() == known, entry.path().c_str());
            read += model ? 1 : 0;
        }
        QVERIFY(read >= 40);
    }
};

QTEST_APPLESS_MAIN(TestHfConfig)
#include "tst_hfconfig.moc"
