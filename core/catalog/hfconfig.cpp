// SPDX-License-Identifier: Apache-2.0
#include "hfconfig.h"

#include "hfparts.h"

#include <core/base/file.h>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

namespace llmd {

using nlohmann::json;

namespace {

constexpr std::size_t largestConfig = 4u << 20;
constexpr int deepestConfig = 32;
/** More than any model has; keeps every count far from the limits of its type. */
constexpr double mostParameters = 1e15;

/** Nesting and Python's extra number words, checked before the parser sees the text. */
struct Prepared
{
    std::string text;
    bool tooDeep = false;
};

/**
 * Python writes Infinity and NaN, which JSON does not know; they appear in fields that do not matter here
 * (time_step_limit of Nemotron-H) and become null.
 */
Prepared prepare(std::string_view source)
{
    Prepared prepared;
    prepared.text.reserve(source.size());
    int depth = 0;
    bool inString = false;
    for (std::size_t i = 0; i < source.size(); ++i) {
        const char c = source[i];
        if (inString) {
            prepared.text += c;
            if (c == '\\' && i + 1 < source.size())
                prepared.text += source[++i];
            else if (c == '"')
                inString = false;
            continue;
        }
        bool replaced = false;
        for (const std::string_view word : { "-Infinity", "Infinity", "NaN" }) {
            if (c == word[0] && source.substr(i).starts_with(word)) {
                prepared.text += "null";
                i += word.size() - 1;
                replaced = true;
                break;
            }
        }
        if (replaced)
            continue;
        inString = c == '"';
        if (c == '{' || c == '[')
            prepared.tooDeep = prepared.tooDeep || ++depth > deepestConfig;
        else if (c == '}' || c == ']')
            --depth;
        prepared.text += c;
    }
    return prepared;
}

/** Finds where a text stops being JSON; used only after the parser has refused it. */
class SyntaxProbe : public nlohmann::json_sax<json>
{
public:
    std::size_t position = 0;
    bool null() override { return true; }
    bool boolean(bool) override { return true; }
    bool number_integer(number_integer_t) override { return true; }
    bool number_unsigned(number_unsigned_t) override { return true; }
    bool number_float(number_float_t, const string_t&) override { return true; }
    bool string(string_t&) override { return true; }
    bool binary(binary_t&) override { return true; }
    bool start_object(std::size_t) override { return true; }
    bool key(string_t&) override { return true; }
    bool end_object() override { return true; }
    bool start_array(std::size_t) override { return true; }
    bool end_array() override { return true; }
    bool parse_error(std::size_t where, const std::string&,
                     const nlohmann::detail::exception&) override
    {
        position = where;
        return false;
    }
};

Location syntaxLocation(const std::string& text, const std::string& name)
{
    SyntaxProbe probe;
    json::sax_parse(text, &probe);
    Location where { name, 1, 1 };
    for (std::size_t i = 0; i + 1 < probe.position && i < text.size(); ++i) {
        if (text[i] == '\n') {
            ++where.line;
            where.column = 1;
        } else {
            ++where.column;
        }
    }
    return where;
}

Result<json> parseJson(std::string_view source, const std::string& name)
{
    if (source.size() > largestConfig)
        return failure(ErrorCode::LimitExceeded,
                       fmt::format("the config has {} bytes; at most {} are read", source.size(),
                                   largestConfig),
                       Location { name, 0, 0 });
    const Prepared prepared = prepare(source);
    if (prepared.tooDeep)
        return failure(ErrorCode::LimitExceeded,
                       fmt::format("the config is nested deeper than {} levels", deepestConfig),
                       Location { name, 0, 0 });
    json document = json::parse(prepared.text, nullptr, false);
    if (document.is_discarded())
        return failure(ErrorCode::Syntax,
                       "this is not valid JSON (or a number is too large); a Hugging Face "
                       "config.json is expected",
                       syntaxLocation(prepared.text, name));
    if (!document.is_object())
        return failure(ErrorCode::WrongType,
                       "the config is not a JSON object; a Hugging Face config.json is expected",
                       Location { name, 0, 0 });
    return document;
}

/** The part that describes the language model; multimodal configs nest it. */
hf::Fields textPart(const hf::Fields& root)
{
    for (const std::string_view key : { "text_config", "llm_config", "language_config" }) {
        if (const auto part = root.object(key))
            return *part;
    }
    return root;
}

/** The type of the text part; some multimodal configs name only the whole. */
std::string textModelType(const hf::Fields& root, const hf::Fields& text)
{
    std::string type = text.text("model_type");
    if (type.empty() || hf::findFamily(type))
        return type;
    // "qwen3_vl" with a nested text part of the same name, "gemma3" with its text type left out …
    const std::string withSuffix = type + "_text";
    if (hf::findFamily(withSuffix))
        return withSuffix;
    const std::string outer = root.text("model_type");
    return hf::findFamily(outer) ? outer : type;
}

/** Types with another structure than their plain fields suggest; reading them as a plain decoder would be wrong. */
bool looksPlain(const hf::Fields& text)
{
    for (const std::string_view needed :
         { "hidden_size", "num_hidden_layers", "num_attention_heads", "intermediate_size",
           "vocab_size" }) {
        if (!text.has(needed))
            return false;
    }
    for (const std::string_view special :
         { "num_experts", "n_routed_experts", "num_local_experts", "moe_intermediate_size",
           "kv_lora_rank", "ssm_state_size", "mamba_d_state", "state_size",
           "linear_num_value_heads", "block_configs", "compress_ratios", "hybrid_override_pattern",
           "layers_block_type", "encoder_layers", "d_inner" }) {
        if (text.has(special))
            return false;
    }
    return true;
}

void readFamily(const hf::Fields& root, const hf::Fields& text, ModelArchitecture& architecture)
{
    hf::Findings& findings = text.findings();
    const std::string type = textModelType(root, text);
    architecture.modelType = type;
    if (type.empty()) {
        findings.fail(ErrorCode::MissingField,
                      fmt::format("field '{}' is missing; it names the kind of model",
                                  text.pathOf("model_type")));
        return;
    }
    hf::Family family { hf::readPlainDecoder, false };
    if (const auto known = hf::findFamily(type)) {
        family = *known;
    } else if (looksPlain(text)) {
        findings.approximate(
            fmt::format("model type '{}' is not known; its fields were read as those of a "
                        "Llama-like decoder, so biases and norms may be missing",
                        type));
    } else {
        findings.fail(
            ErrorCode::Unsupported,
            fmt::format(
                "model type '{}' is not known, and its fields are not those of a plain decoder; "
                "memory and speed cannot be computed honestly",
                type));
        return;
    }
    family.read(text, architecture);
    const bool outerTie = root.flag("tie_word_embeddings", family.tiedByDefault);
    architecture.tiedEmbeddings = text.flag("tie_word_embeddings", outerTie);
}

Precision readDtype(const hf::Fields& root, const hf::Fields& text)
{
    std::string name;
    for (const hf::Fields& part : { text, root }) {
        for (const std::string_view key : { "dtype", "torch_dtype" }) {
            if (name.empty())
                name = part.text(key);
        }
    }
    if (name.empty() || name == "auto")
        return Precision::Bf16;
    const auto precision = parsePrecision(name);
    if (!precision) {
        root.findings().fail(
            ErrorCode::InvalidArgument,
            fmt::format("dtype '{}' is not known; bfloat16, float16 or float32 is expected", name));
        return Precision::Bf16;
    }
    // vLLM runs checkpoints of 32 bits in its preferred 16-bit type unless told otherwise.
    return *precision == Precision::Fp16 ? Precision::Fp16 : Precision::Bf16;
}

/** In floating point, before the whole-number sums are made: nothing of them may overflow. */
double roughTotal(const ModelArchitecture& architecture)
{
    double sum = 2.0 * architecture.vocabularySize * architecture.hiddenSize
        + static_cast<double>(architecture.visionParameters)
        + static_cast<double>(architecture.mtpParameters);
    for (const LayerGroup& layer : architecture.groups) {
        const FeedForward& ffn = layer.feedForward;
        sum += layer.count
            * (static_cast<double>(layer.mixer.linearParameters)
               + static_cast<double>(ffn.denseParameters)
               + static_cast<double>(ffn.sharedExpertParameters)
               + static_cast<double>(ffn.expertParameters) * ffn.experts
               + static_cast<double>(ffn.routerParameters)
               + static_cast<double>(ffn.otherParameters)
               + static_cast<double>(layer.mixer.otherParameters));
    }
    return sum;
}

void checkTotal(const ModelArchitecture& architecture, hf::Findings& findings)
{
    const double total = roughTotal(architecture);
    if (!(total < mostParameters))
        findings.fail(
            ErrorCode::LimitExceeded,
            fmt::format("the config describes {:.3g} parameters; at most {:.3g} are believed",
                        total, mostParameters));
}

/** Of the whole model, of its text part, or from a file of its own. */
std::optional<hf::Fields> quantizationPart(const hf::Fields& root, const hf::Fields& text,
                                           const hf::Fields& separate)
{
    for (const std::string_view key : { "quantization_config", "compression_config" }) {
        if (auto part = root.object(key))
            return part;
        if (auto part = text.object(key))
            return part;
    }
    return separate.keys().empty() ? std::nullopt : std::optional(separate);
}

ModelArchitecture readArchitecture(const hf::Fields& root, const hf::Fields& separateQuantization,
                                   hf::Findings& findings)
{
    ModelArchitecture architecture;
    const hf::Fields text = textPart(root);
    if (root.has("architectures")) {
        const std::vector<std::string> names = root.texts("architectures");
        architecture.className = names.empty() ? "" : names.front();
    }
    architecture.dtype = readDtype(root, text);
    if (!findings.failed())
        readFamily(root, text, architecture);
    if (findings.failed())
        return architecture;
    architecture.multimodal = root.has("vision_config") || root.has("audio_config");
    architecture.visionParameters = hf::visionParameters(root, text, findings);
    checkTotal(architecture, findings);
    if (findings.failed())
        return architecture;
    architecture.rotaryTableElements = hf::rotaryTableElements(text, architecture);
    hf::readQuantization(quantizationPart(root, text, separateQuantization), architecture,
                         findings);
    return architecture;
}

} // namespace

Result<ModelArchitecture> parseHfConfig(std::string_view source, std::string name,
                                        std::string_view quantization)
{
    const Result<json> document = parseJson(source, name);
    if (!document)
        return tl::unexpected(document.error());
    const Result<json> separate =
        quantization.empty() ? json::object() : parseJson(quantization, "hf_quant_config.json");
    if (!separate)
        return tl::unexpected(separate.error());
    hf::Findings findings;
    findings.file = std::move(name);
    const hf::Fields root(*document, "", findings);
    const hf::Fields quantizationFields(*separate, "hf_quant_config", findings);
    ModelArchitecture architecture = readArchitecture(root, quantizationFields, findings);
    if (findings.failed())
        return tl::unexpected(std::move(*findings.error));
    architecture.approximations = std::move(findings.approximations);
    return architecture;
}

Result<ModelArchitecture> readHfConfig(const std::filesystem::path& path)
{
    const Result<std::string> content = readFile(path, largestConfig);
    if (!content)
        return tl::unexpected(content.error());
    std::string quantization;
    const auto separate = path.parent_path() / "hf_quant_config.json";
    std::error_code ignored;
    if (path.filename() == "config.json" && std::filesystem::exists(separate, ignored)) {
        Result<std::string> text = readFile(separate, largestConfig);
        if (!text)
            return tl::unexpected(text.error());
        quantization = std::move(*text);
    }
    return parseHfConfig(*content, path.string(), quantization);
}

} // namespace llmd
