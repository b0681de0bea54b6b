// SPDX-License-Identifier: Apache-2.0
#include "catalogreaders.h"
#include "fieldreader.h"

#include <core/base/text.h>

#include <algorithm>

namespace llmd {

namespace {

/** Share of the installed memory that drivers leave at least (measured: 97 % to 100 %). */
constexpr double unmeasuredShare = 0.98;
/** GDDR6 keeps its error correction codes in the same chips: one byte in sixteen. */
constexpr double gddr6Share = 15.0 / 16.0;

const std::vector<std::string> gpuKeys { "id",
                                         "name",
                                         "aliases",
                                         "vendor",
                                         "architecture",
                                         "form_factor",
                                         "memory_gib",
                                         "memory_type",
                                         "usable_memory_gib",
                                         "usable_memory_source",
                                         "memory_bandwidth_gb_per_s",
                                         "fp16_tflops",
                                         "bf16_tflops",
                                         "fp8_tflops",
                                         "int8_tops",
                                         "fp4_tflops",
                                         "scale_up",
                                         "scale_up_gb_per_s",
                                         "pair_gb_per_s",
                                         "pcie_gb_per_s",
                                         "scale_out_gb_per_s",
                                         "gpus_per_node",
                                         "scale_up_domain",
                                         "tdp_w",
                                         "kubernetes_product",
                                         "kubernetes_resource",
                                         "served_by_vllm",
                                         "source",
                                         "notes" };

void readIdentity(FieldReader& reader, Gpu& gpu)
{
    std::size_t vendor = static_cast<std::size_t>(gpu.vendor);
    reader.text("name", gpu.name);
    reader.choice("vendor", { "nvidia", "amd", "intel", "google" }, vendor);
    gpu.vendor = static_cast<GpuVendor>(vendor);
    reader.text("architecture", gpu.architecture);
}

void readMemory(const YamlNode& node, FieldReader& reader, Gpu& gpu)
{
    reader.text("memory_type", gpu.memoryType);
    if (node["usable_memory_gib"].exists()) {
        reader.quantity("usable_memory_gib", gpu.usableMemory, gibi, { 1, 4096 });
        reader.source("usable_memory_source", gpu.usableMemorySource);
        gpu.usableMemoryMeasured = true;
        if (gpu.usableMemory > gpu.memory) {
            reader.fail(node["usable_memory_gib"],
                        "the usable memory is larger than the installed memory");
        }
    } else if (!gpu.usableMemoryMeasured) {
        const bool inBandCorrection = toLower(gpu.memoryType) == "gddr6";
        gpu.usableMemory = gpu.memory * unmeasuredShare * (inBandCorrection ? gddr6Share : 1.0);
    }
}

void readRates(FieldReader& reader, Gpu& gpu)
{
    const NumberRange tera { 0, 1e6 };
    reader.quantity("bf16_tflops", gpu.bf16, 1e12, tera);
    reader.quantity("fp16_tflops", gpu.fp16, 1e12, tera);
    reader.quantity("fp8_tflops", gpu.fp8, 1e12, tera);
    reader.quantity("int8_tops", gpu.int8, 1e12, tera);
    reader.quantity("fp4_tflops", gpu.fp4, 1e12, tera);
}

void readLinks(const YamlNode& node, FieldReader& reader, Gpu& gpu)
{
    const NumberRange giga { 0, 1e6 };
    std::size_t kind = static_cast<std::size_t>(gpu.scaleUp);
    reader.choice("scale_up", { "switched", "mesh", "pcie" }, kind);
    gpu.scaleUp = static_cast<ScaleUpKind>(kind);
    reader.quantity("scale_up_gb_per_s", gpu.scaleUpBandwidth, 1e9, giga);
    reader.quantity("pair_gb_per_s", gpu.pairBandwidth, 1e9, giga);
    if (gpu.scaleUp != ScaleUpKind::Mesh)
        gpu.pairBandwidth = gpu.scaleUpBandwidth;
    else if (gpu.pairBandwidth <= BytesPerSecond())
        reader.fail(node, "a mesh needs `pair_gb_per_s`, the rate between two GPUs");
    if (gpu.scaleUp != ScaleUpKind::Pcie && gpu.scaleUpBandwidth <= BytesPerSecond())
        reader.fail(node, "`scale_up_gb_per_s` must be above 0 unless `scale_up` is pcie");
    reader.quantity("pcie_gb_per_s", gpu.pcieBandwidth, 1e9, giga);
    reader.quantity("scale_out_gb_per_s", gpu.scaleOutBandwidth, 1e9, giga);
    reader.integer("gpus_per_node", gpu.gpusPerNode, { 1, 1024 });
    reader.integer("scale_up_domain", gpu.scaleUpDomain, { 1, 65536 });
}

void readGpu(const YamlNode& node, std::vector<Gpu>& gpus, std::vector<Issue>& issues)
{
    if (!node.isMapping()) {
        issues.push_back(node.issue(Severity::Error, "expected a mapping that describes one GPU"));
        return;
    }
    FieldReader reader(node, issues);
    reader.reportUnknown(gpuKeys);
    Gpu gpu;
    reader.setRequired(true);
    reader.text("id", gpu.id);
    if (!reader.ok())
        return;
    const auto known = std::find_if(gpus.begin(), gpus.end(), [&](const Gpu& other) {
        return foldedName(other.id) == foldedName(gpu.id);
    });
    const bool isNew = known == gpus.end();
    if (!isNew)
        gpu = *known;
    reader.setRequired(isNew);
    readIdentity(reader, gpu);
    reader.quantity("memory_gib", gpu.memory, gibi, { 1, 4096 });
    reader.quantity("memory_bandwidth_gb_per_s", gpu.memoryBandwidth, 1e9, { 1, 1e6 });
    reader.text("kubernetes_resource", gpu.kubernetesResource);
    reader.source("source", gpu.source);
    reader.setRequired(false);
    readMemory(node, reader, gpu);
    readRates(reader, gpu);
    if (gpu.bf16 <= FlopsPerSecond() && gpu.fp16 <= FlopsPerSecond())
        reader.fail(node, "one of `bf16_tflops` and `fp16_tflops` must be above 0");
    readLinks(node, reader, gpu);
    reader.texts("aliases", gpu.aliases);
    reader.text("form_factor", gpu.formFactor);
    reader.quantity("tdp_w", gpu.tdp, 1.0, { 1, 1e5 });
    reader.text("kubernetes_product", gpu.kubernetesProduct);
    reader.boolean("served_by_vllm", gpu.servedByVllm);
    reader.text("notes", gpu.notes);
    if (!reader.ok())
        return;
    if (isNew)
        gpus.push_back(std::move(gpu));
    else
        *known = std::move(gpu);
}

} // namespace

std::string foldedName(std::string_view name)
{
    std::string folded;
    folded.reserve(name.size());
    for (const char c : name) {
        if (c != ' ' && c != '-' && c != '_')
            folded += c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    }
    return folded;
}

const Gpu* findGpuByName(const std::vector<Gpu>& gpus, std::string_view name)
{
    const std::string wanted = foldedName(name);
    if (wanted.empty())
        return nullptr;
    for (const Gpu& gpu : gpus) {
        if (foldedName(gpu.id) == wanted)
            return &gpu;
    }
    for (const Gpu& gpu : gpus) {
        if (foldedName(gpu.name) == wanted || foldedName(gpu.kubernetesProduct) == wanted)
            return &gpu;
        for (const std::string& alias : gpu.aliases) {
            if (foldedName(alias) == wanted)
                return &gpu;
        }
    }
    return nullptr;
}

void readGpus(const YamlNode& root, std::vector<Gpu>& gpus, std::vector<Issue>& issues)
{
    const YamlNode list = root["gpus"];
    if (!list.isSequence()) {
        issues.push_back(root.issue(Severity::Error, "expected a list under `gpus`"));
        return;
    }
    for (std::size_t i = 0; i < list.size(); ++i)
        readGpu(list[i], gpus, issues);
}

} // namespace llmd
