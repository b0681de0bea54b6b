// SPDX-License-Identifier: Apache-2.0
#include "hfparts.h"
#include "modulepattern.h"

#include <core/base/text.h>

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>

/** Which matrices a checkpoint keeps in which precision, from `quantization_config`. */
namespace llmd::hf {

namespace {

/** How the matrices of one rule are stored and multiplied. */
struct Scheme
{
    StoredPrecision stored;
    Precision activations = Precision::Bf16;
    int groupSize = 0;
    bool squareBlocks = false;
};

/** A list of module names and patterns, in the spellings that the exporters use. */
class ModuleList
{
public:
    void add(const std::string& entry, Findings& findings);
    [[nodiscard]] bool contains(const std::string& module) const;
    /** Work that one look-up may cost, in steps per character of the name. */
    [[nodiscard]] double patternLength() const { return m_patternLength; }
    /** "Linear" and other class names: every matrix. */
    [[nodiscard]] bool namesClasses() const { return m_classes; }

private:
    std::set<std::string, std::less<>> m_names; ///< from "layers." on, where it occurs
    std::vector<ModulePattern> m_expressions;
    std::vector<ModulePattern> m_globs;
    bool m_classes = false;
    double m_patternLength = 0;
};

/** Names of the same layer have several prefixes; what counts begins at "layers.". */
std::string_view withoutPrefix(std::string_view module)
{
    const auto at = module.find("layers.");
    return at == std::string_view::npos ? module : module.substr(at);
}

bool isOfEncoder(std::string_view module)
{
    for (const std::string_view word : { "vision", "visual", "audio", "multi_modal", "mm_" }) {
        if (module.find(word) != std::string_view::npos)
            return true;
    }
    return false;
}

void ModuleList::add(const std::string& entry, Findings& findings)
{
    const auto refuse = [&](std::string_view what) {
        findings.approximate(fmt::format(
            "the module pattern '{}' of the quantisation was not understood and ignored",
            what.substr(0, 60)));
    };
    if (entry.starts_with("re:") || entry.find('*') != std::string::npos)
        m_patternLength += static_cast<double>(entry.size());
    if (entry.starts_with("re:")) {
        if (auto pattern = ModulePattern::fromRegex(std::string_view(entry).substr(3)))
            m_expressions.push_back(std::move(*pattern));
        else
            refuse(entry);
    } else if (entry.find('*') != std::string::npos) {
        if (auto pattern = ModulePattern::fromGlob(entry))
            m_globs.push_back(std::move(*pattern));
        else
            refuse(entry);
    } else if (!entry.empty() && entry[0] >= 'A' && entry[0] <= 'Z') {
        m_classes = true;
    } else if (!isOfEncoder(entry)) {
        m_names.emplace(withoutPrefix(entry));
    }
}

bool ModuleList::contains(const std::string& module) const
{
    // A name also stands for the modules inside it, a single word for every path with that part.
    const std::string_view local = withoutPrefix(module);
    for (std::size_t end = local.size(); end != std::string_view::npos && end > 0;
         end = local.rfind('.', end - 1)) {
        if (m_names.contains(local.substr(0, end)))
            return true;
    }
    for (const std::string_view word : split(local, '.')) {
        if (m_names.contains(word))
            return true;
    }
    for (const std::string_view prefix : { "model.", "language_model.model." }) {
        const std::string name = std::string(prefix) + std::string(local);
        const auto start = [&](const ModulePattern& p) { return p.matchesStart(name); };
        const auto whole = [&](const ModulePattern& p) { return p.matchesModule(name); };
        if (std::any_of(m_expressions.begin(), m_expressions.end(), start)
            || std::any_of(m_globs.begin(), m_globs.end(), whole))
            return true;
    }
    return false;
}

struct Rule
{
    Scheme scheme;
    ModuleList targets;
    bool everything = false;
};

/** All that a quantisation config says, in one form. */
struct Policy
{
    std::string method;
    std::vector<Rule> rules;
    ModuleList ignored;
    bool expertsOnly = false;
    bool quantizedHead = false;
    std::optional<Precision> keyValueCache;

    [[nodiscard]] const Scheme* schemeOf(const std::string& module) const
    {
        if (ignored.contains(module))
            return nullptr;
        for (const Rule& rule : rules) {
            if (!rule.everything && rule.targets.contains(module))
                return &rule.scheme;
        }
        for (const Rule& rule : rules) {
            if (rule.everything || rule.targets.namesClasses())
                return &rule.scheme;
        }
        return nullptr;
    }
};

/** What one layer consists of, under the names of its checkpoint. */
struct Part
{
    ParameterGroup group = ParameterGroup::Attention;
    std::string module;
    double parameters = 0;
};

/** Words that the families use for the halves of a layer. */
struct Naming
{
    std::string mixer = "self_attn";
    std::string recurrent = "linear_attn";
    std::string ffn = "mlp";
    std::string shared = "mlp.shared_experts";
};

Naming namingOf(const std::string& modelType)
{
    if (modelType == "nemotron_h")
        return { "mixer", "mixer", "mixer", "mixer.shared_experts" };
    if (modelType.starts_with("llama4"))
        return { "self_attn", "linear_attn", "feed_forward", "feed_forward.shared_expert" };
    if (modelType == "mixtral" || modelType == "minimax_m2")
        return { "self_attn", "linear_attn", "block_sparse_moe",
                 "block_sparse_moe.shared_experts" };
    if (modelType.starts_with("granitemoe"))
        return { "self_attn", "mamba", "block_sparse_moe", "shared_mlp" };
    if (modelType.starts_with("qwen"))
        return { "self_attn", "linear_attn", "mlp", "mlp.shared_expert" };
    return {};
}

void addMixerParts(const TokenMixer& mixer, const Naming& naming, const std::string& layer,
                   std::vector<Part>& parts)
{
    const auto add = [&](const std::string& name, double parameters) {
        parts.push_back({ ParameterGroup::Attention, layer + name, parameters });
    };
    const double total = static_cast<double>(mixer.linearParameters);
    if (mixer.kind == MixerKind::Recurrent) {
        const bool delta = naming.recurrent == "linear_attn";
        add(naming.recurrent + (delta ? ".in_proj_qkv" : ".in_proj"), total * 2 / 3);
        add(naming.recurrent + ".out_proj", total / 3);
    } else if (mixer.kind == MixerKind::Mla) {
        add(naming.mixer + ".q_b_proj", total / 3);
        add(naming.mixer + ".kv_b_proj", total / 3);
        add(naming.mixer + ".o_proj", total / 3);
    } else if (mixer.kind == MixerKind::None) {
        if (total > 0)
            add(naming.mixer, total);
    } else {
        const double widths = 2.0 * mixer.queryHeads + 2.0 * mixer.keyValueHeads;
        add(naming.mixer + ".q_proj", total * mixer.queryHeads / widths);
        add(naming.mixer + ".k_proj", total * mixer.keyValueHeads / widths);
        add(naming.mixer + ".v_proj", total * mixer.keyValueHeads / widths);
        add(naming.mixer + ".o_proj", total * mixer.queryHeads / widths);
    }
}

void addFeedForwardParts(const FeedForward& ffn, const Naming& naming, const std::string& layer,
                         std::vector<Part>& parts)
{
    if (ffn.denseParameters > 0) {
        const double third = static_cast<double>(ffn.denseParameters) / 3;
        // Where experts stand beside it, the dense part is called mlp in every family.
        const std::string name =
            ffn.isMoe() ? "mlp" : (naming.ffn == "block_sparse_moe" ? "mlp" : naming.ffn);
        for (const std::string_view matrix : { ".gate_proj", ".up_proj", ".down_proj" })
            parts.push_back(
                { ParameterGroup::DenseFfn, layer + name + std::string(matrix), third });
    }
    if (ffn.isMoe())
        parts.push_back({ ParameterGroup::RoutedExperts, layer + naming.ffn + ".experts.0.up_proj",
                          static_cast<double>(ffn.expertParameters) * ffn.experts });
    if (ffn.sharedExpertParameters > 0)
        parts.push_back({ ParameterGroup::SharedExperts, layer + naming.shared + ".up_proj",
                          static_cast<double>(ffn.sharedExpertParameters) });
}

std::vector<Part> partsOf(const ModelArchitecture& architecture)
{
    const Naming naming = namingOf(architecture.modelType);
    std::vector<Part> parts;
    for (std::size_t i = 0; i < architecture.layerOrder.size(); ++i) {
        const LayerGroup& layer = architecture.groups[architecture.layerOrder[i]];
        const std::string name = fmt::format("model.layers.{}.", i);
        addMixerParts(layer.mixer, naming, name, parts);
        addFeedForwardParts(layer.feedForward, naming, name, parts);
    }
    if (architecture.mtpParameters > 0)
        parts.push_back({ ParameterGroup::Mtp,
                          fmt::format("model.layers.{}.{}.experts.0.up_proj", architecture.layers(),
                                      naming.ffn),
                          static_cast<double>(architecture.mtpParameters) });
    return parts;
}

/** Sums what the parts of one group take, and names the precision of most of them. */
struct GroupStorage
{
    std::map<Precision, double> parameters;
    double bits = 0;
    double total = 0;

    void add(const StoredPrecision& stored, double count)
    {
        parameters[stored.values] += count;
        bits += count * stored.bytesPerValue() * 8;
        total += count;
    }
    [[nodiscard]] StoredPrecision result() const
    {
        const auto most =
            std::max_element(parameters.begin(), parameters.end(),
                             [](const auto& a, const auto& b) { return a.second < b.second; });
        return { most->first, bits / total - bitsPerValue(most->first) };
    }
};

/** Patterns come from files that we do not trust: their number times that of the modules is bounded. */
bool isAffordable(const Policy& policy, const std::vector<Part>& parts)
{
    double length = policy.ignored.patternLength();
    for (const Rule& rule : policy.rules)
        length += rule.targets.patternLength();
    double names = 0;
    for (const Part& part : parts)
        names += 2.0 * static_cast<double>(part.module.size());
    constexpr double mostSteps = 1e9;
    return length * names < mostSteps;
}

void applyPolicy(const Policy& policy, ModelArchitecture& architecture, Findings& findings)
{
    Quantization& quantization = architecture.quantization;
    quantization.method = policy.method;
    std::map<ParameterGroup, GroupStorage> storage;
    std::map<const Scheme*, double> shares;
    const std::vector<Part> parts = partsOf(architecture);
    if (!isAffordable(policy, parts))
        return findings.fail(ErrorCode::LimitExceeded,
                             "the quantisation config has too many module patterns to be matched");
    for (const Part& part : parts) {
        const bool candidate = !policy.expertsOnly || part.group == ParameterGroup::RoutedExperts;
        const Scheme* scheme = candidate ? policy.schemeOf(part.module) : nullptr;
        storage[part.group].add(scheme ? scheme->stored : StoredPrecision { architecture.dtype, 0 },
                                part.parameters);
        if (scheme)
            shares[scheme] += part.parameters;
    }
    for (const auto& [group, sums] : storage) {
        if (sums.total > 0)
            quantization.of(group) = sums.result();
    }
    if (policy.keyValueCache)
        quantization.keyValueCache = *policy.keyValueCache;
    if (shares.empty())
        return;
    const Scheme& main =
        *std::max_element(shares.begin(), shares.end(), [](const auto& a, const auto& b) {
             return a.second < b.second;
         })->first;
    quantization.activations = main.activations;
    quantization.groupSize = main.groupSize;
    quantization.squareBlocks = main.squareBlocks;
    if (policy.quantizedHead)
        quantization.of(ParameterGroup::LmHead) = main.stored;
}

constexpr Range bitsRange { 1, 32 };
constexpr Range groupRange { -1, 65'536 };

void refuse(const Fields& config, std::string text)
{
    config.findings().fail(ErrorCode::Unsupported, std::move(text));
}

ModuleList readModules(const Fields& config, std::initializer_list<std::string_view> keys)
{
    ModuleList list;
    for (const std::string_view key : keys) {
        for (const std::string& entry : config.texts(key))
            list.add(entry, config.findings());
    }
    return list;
}

Rule ruleForAll(Scheme scheme)
{
    Rule rule;
    rule.scheme = scheme;
    rule.everything = true;
    return rule;
}

/** One 16-bit scale per output row, whose length is about the hidden size. */
double channelScaleBits(const ModelArchitecture& architecture)
{
    return 16.0 / std::max(1, architecture.hiddenSize);
}

void readFp8(const Fields& config, const ModelArchitecture& architecture, Policy& policy)
{
    Scheme scheme { { Precision::Fp8, 0 }, Precision::Fp8 };
    const std::vector<int> block = config.integers("weight_block_size", { 1, 65'536 });
    if (block.size() == 2) {
        scheme.stored.scaleBitsPerValue = 32.0 / (static_cast<double>(block[0]) * block[1]);
        scheme.groupSize = std::max(block[0], block[1]);
        scheme.squareBlocks = true;
    } else if (!block.empty()) {
        config.findings().fail(ErrorCode::InvalidArgument,
                               fmt::format("field '{}' has {} entries; two are expected",
                                           config.pathOf("weight_block_size"), block.size()));
    } else if (policy.method == "fbgemm_fp8") {
        scheme.stored.scaleBitsPerValue = 2 * channelScaleBits(architecture);
    }
    policy.rules.push_back(ruleForAll(scheme));
    policy.ignored = readModules(config, { "modules_to_not_convert", "ignored_layers" });
}

/** GPTQ, AWQ and AutoRound: packed integers, one 16-bit scale and one packed zero point per group. */
void readPackedInteger(const Fields& config, const ModelArchitecture& architecture, Policy& policy)
{
    const int bits = config.integer(config.presentOf({ "bits", "w_bit" }), bitsRange);
    const int group =
        config.integer(config.presentOf({ "group_size", "q_group_size" }), groupRange, 128);
    if (bits != 4 && bits != 8)
        return refuse(config,
                      fmt::format("{}-bit weights of method '{}' are not supported; 4 and 8 are",
                                  bits, policy.method));
    Scheme scheme { { bits == 4 ? Precision::Int4 : Precision::Int8, 0 }, architecture.dtype };
    const double perGroup = 16.0 + bits;
    scheme.groupSize = std::max(0, group);
    scheme.stored.scaleBitsPerValue = group > 0 ? perGroup / group : channelScaleBits(architecture);
    policy.rules.push_back(ruleForAll(scheme));
    policy.ignored = readModules(config, { "modules_to_not_convert" });
    policy.quantizedHead = config.flag("lm_head", false);
}

std::optional<Scheme> readCompressedWeights(const Fields& group,
                                            const ModelArchitecture& architecture)
{
    const auto weights = group.object("weights");
    if (!weights) {
        group.findings().fail(ErrorCode::MissingField,
                              fmt::format("field '{}' is missing", group.pathOf("weights")));
        return std::nullopt;
    }
    const int bits = weights->integer("num_bits", bitsRange);
    const bool isFloat = weights->text("type", "int") == "float";
    const std::string strategy = weights->text("strategy", "tensor");
    const int size = weights->integer("group_size", groupRange, 0);
    Scheme scheme;
    scheme.activations = architecture.dtype;
    if (bits == 8)
        scheme.stored.values = isFloat ? Precision::Fp8 : Precision::Int8;
    else if (bits == 4 && isFloat)
        scheme.stored.values = size == 32 ? Precision::Mxfp4 : Precision::Nvfp4;
    else if (bits == 4)
        scheme.stored.values = Precision::Int4;
    else {
        refuse(group,
               fmt::format("{}-bit weights in '{}' are not supported; 4 and 8 are", bits,
                           weights->pathOf("num_bits")));
        return std::nullopt;
    }
    const bool blocks = strategy == "block" || weights->has("block_structure");
    if (blocks) {
        const std::vector<int> block = weights->has("block_structure") && strategy == "block"
            ? weights->integers("block_structure", { 1, 65'536 })
            : std::vector<int> {};
        const int side = block.size() == 2 ? std::max(block[0], block[1]) : 128;
        scheme.groupSize = side;
        scheme.squareBlocks = true;
        scheme.stored.scaleBitsPerValue = 32.0 / (static_cast<double>(side) * side);
    } else if (size > 0) {
        const double scale = bits == 4 && isFloat ? 8 : 16;
        const double zero = weights->flag("symmetric", true) ? 0 : bits;
        scheme.groupSize = size;
        scheme.stored.scaleBitsPerValue = (scale + zero) / size;
    } else if (strategy == "channel") {
        scheme.stored.scaleBitsPerValue = channelScaleBits(architecture);
    }
    if (const auto inputs = group.object("input_activations")) {
        const int inputBits = inputs->integer("num_bits", bitsRange, 8);
        if (inputBits <= 8 && bits >= inputBits)
            scheme.activations = scheme.stored.values;
        else if (inputBits == 8)
            scheme.activations =
                inputs->text("type", "int") == "float" ? Precision::Fp8 : Precision::Int8;
    }
    return scheme;
}

void readConfigGroups(const Fields& config, const ModelArchitecture& architecture, Policy& policy)
{
    const auto groups = config.object("config_groups");
    if (!groups)
        return;
    for (const std::string& name : groups->keys()) {
        const auto group = groups->object(name);
        if (!group)
            continue;
        const auto scheme = readCompressedWeights(*group, architecture);
        if (!scheme)
            return;
        Rule rule;
        rule.scheme = *scheme;
        rule.targets = readModules(*group, { "targets" });
        rule.everything = !group->has("targets");
        policy.rules.push_back(std::move(rule));
    }
}

void readKeyValueScheme(const Fields& config, Policy& policy)
{
    const auto scheme = config.object("kv_cache_scheme");
    if (!scheme)
        return;
    const int bits = scheme->integer("num_bits", bitsRange, 8);
    if (bits == 8 && scheme->text("type", "float") == "float")
        policy.keyValueCache = Precision::Fp8;
    else
        config.findings().approximate(fmt::format(
            "the {}-bit KV cache that '{}' asks for is not known; the 16-bit cache is assumed",
            bits, config.pathOf("kv_cache_scheme")));
}

void readCompressedTensors(const Fields& config, const ModelArchitecture& architecture,
                           Policy& policy)
{
    readConfigGroups(config, architecture, policy);
    if (policy.rules.empty() && !config.findings().failed())
        config.findings().fail(
            ErrorCode::MissingField,
            fmt::format("field '{}' is missing; it describes the quantised matrices",
                        config.pathOf("config_groups")));
    policy.ignored = readModules(config, { "ignore" });
    readKeyValueScheme(config, policy);
}

/** Names of NVIDIA ModelOpt's algorithms. */
std::optional<Scheme> modelOptScheme(const std::string& algorithm, int groupSize, Precision dtype)
{
    const std::string name = toLower(algorithm);
    if (name == "fp8")
        return Scheme { { Precision::Fp8, 0 }, Precision::Fp8 };
    if (name == "fp8_per_channel_per_token")
        return Scheme { { Precision::Fp8, 0.004 }, Precision::Fp8 };
    if (name == "fp8_pb_wo")
        return Scheme { { Precision::Fp8, 32.0 / (128 * 128) }, Precision::Fp8, 128, true };
    const int size = groupSize > 0 ? groupSize : 16;
    if (name == "nvfp4" || name == "nvfp4_awq" || name == "nvfp4_svdquant")
        return Scheme { { Precision::Nvfp4, 8.0 / size }, Precision::Nvfp4, size };
    if (name == "mxfp4")
        return Scheme { { Precision::Mxfp4, 8.0 / 32 }, dtype, 32 };
    if (name == "w4a16_awq" || name == "int4_awq")
        return Scheme { { Precision::Int4, 16.0 / (groupSize > 0 ? groupSize : 128) },
                        dtype,
                        groupSize > 0 ? groupSize : 128 };
    return std::nullopt;
}

void readModelOptCache(const Fields& part, Policy& policy)
{
    const std::string algorithm = toLower(part.text("kv_cache_quant_algo"));
    if (algorithm == "fp8")
        policy.keyValueCache = Precision::Fp8;
    else if (algorithm == "nvfp4")
        policy.keyValueCache = Precision::Nvfp4;
    readKeyValueScheme(part, policy);
}

void readMixedLayers(const Fields& part, const ModelArchitecture& architecture, Policy& policy)
{
    const auto layers = part.object("quantized_layers");
    if (!layers)
        return refuse(part,
                      fmt::format("'{}' is MIXED_PRECISION, but '{}' is missing",
                                  part.pathOf("quant_algo"), part.pathOf("quantized_layers")));
    std::map<std::string, std::size_t> ruleOf;
    for (const std::string& name : layers->keys()) {
        const auto layer = layers->object(name);
        if (!layer)
            return;
        const std::string algorithm = layer->text("quant_algo");
        if (!ruleOf.contains(algorithm)) {
            const auto scheme = modelOptScheme(
                algorithm, layer->integer("group_size", groupRange, 0), architecture.dtype);
            if (!scheme)
                return refuse(part,
                              fmt::format("quantisation algorithm '{}' of '{}' is not supported",
                                          algorithm, name));
            ruleOf.emplace(algorithm, policy.rules.size());
            policy.rules.push_back({ *scheme, {}, false });
        }
        policy.rules[ruleOf[algorithm]].targets.add(name, part.findings());
    }
}

/** Either flat or, as in hf_quant_config.json, nested under "quantization". */
void readModelOpt(const Fields& config, const ModelArchitecture& architecture, Policy& policy)
{
    const Fields part = config.object("quantization").value_or(config);
    readModelOptCache(part, policy);
    policy.ignored = readModules(part, { "exclude_modules", "ignore", "modules_to_not_convert" });
    const std::string algorithm = part.text("quant_algo");
    if (algorithm == "MIXED_PRECISION")
        return readMixedLayers(part, architecture, policy);
    if (part.has("config_groups"))
        return readConfigGroups(part, architecture, policy);
    const auto scheme =
        modelOptScheme(algorithm, part.integer("group_size", groupRange, 0), architecture.dtype);
    if (!scheme)
        return refuse(
            config,
            fmt::format("quantisation algorithm '{}' in '{}' is not supported; FP8, NVFP4, MXFP4 "
                        "and W4A16_AWQ are",
                        algorithm, part.pathOf("quant_algo")));
    policy.rules.push_back(ruleForAll(*scheme));
}

void readBitsAndBytes(const Fields& config, const ModelArchitecture& architecture, Policy& policy)
{
    const bool four = config.flag("load_in_4bit", config.flag("_load_in_4bit", false));
    const bool eight = config.flag("load_in_8bit", config.flag("_load_in_8bit", false));
    if (four == eight)
        return refuse(config,
                      fmt::format("exactly one of '{}' and 'load_in_8bit' has to be true",
                                  config.pathOf("load_in_4bit")));
    Scheme scheme;
    scheme.activations = architecture.dtype;
    if (four) {
        // One fp32 maximum per 64 values; double quantisation makes it 8 bits and one fp32 per 256 of them.
        const bool twice = config.flag("bnb_4bit_use_double_quant", false);
        scheme.stored = { Precision::Int4, twice ? 8.0 / 64 + 32.0 / (64 * 256) : 32.0 / 64 };
    } else {
        scheme.stored = { Precision::Int8, 2 * channelScaleBits(architecture) };
    }
    policy.rules.push_back(ruleForAll(scheme));
    policy.ignored = readModules(config, { "llm_int8_skip_modules" });
}

void readMxfp4(const Fields& config, const ModelArchitecture& architecture, Policy& policy)
{
    policy.rules.push_back(ruleForAll({ { Precision::Mxfp4, 8.0 / 32 }, architecture.dtype, 32 }));
    policy.ignored = readModules(config, { "modules_to_not_convert" });
    policy.expertsOnly = true;
}

/** Some exporters leave the method out; the other fields tell it. */
std::string methodOf(const Fields& config)
{
    std::string method = toLower(config.text("quant_method"));
    if (method.empty()
        && (config.has("quant_algo") || config.has("quantization") || config.has("producer")))
        method = "modelopt";
    if (method.empty() && config.has("config_groups"))
        method = "compressed-tensors";
    if (method.empty() && (config.has("load_in_4bit") || config.has("load_in_8bit")))
        method = "bitsandbytes";
    return method;
}

} // namespace

void readQuantization(const std::optional<Fields>& config, ModelArchitecture& architecture,
                      Findings& findings)
{
    Quantization& quantization = architecture.quantization;
    quantization.stored.fill({ architecture.dtype, 0 });
    quantization.activations = architecture.dtype;
    quantization.keyValueCache = architecture.dtype;
    if (!config || findings.failed())
        return;

    using Reader = void (*)(const Fields&, const ModelArchitecture&, Policy&);
    static const std::map<std::string_view, Reader> readers {
        { "fp8", readFp8 },
        { "fbgemm_fp8", readFp8 },
        { "compressed-tensors", readCompressedTensors },
        { "gptq", readPackedInteger },
        { "awq", readPackedInteger },
        { "auto-round", readPackedInteger },
        { "mxfp4", readMxfp4 },
        { "modelopt", readModelOpt },
        { "modelopt_fp4", readModelOpt },
        { "bitsandbytes", readBitsAndBytes },
    };
    Policy policy;
    policy.method = methodOf(*config);
    const auto reader = readers.find(policy.method);
    if (reader == readers.end()) {
        findings.fail(
            ErrorCode::Unsupported,
            fmt::format(
                "quantisation method '{}' is not supported; fp8, fbgemm_fp8, compressed-tensors, "
                "gptq, awq, auto-round, mxfp4, modelopt and bitsandbytes are",
                policy.method));
        return;
    }
    reader->second(*config, architecture, policy);
    if (!findings.failed())
        applyPolicy(policy, architecture, findings);
}

} // namespace llmd::hf
