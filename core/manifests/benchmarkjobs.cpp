// SPDX-License-Identifier: Apache-2.0
#include "kubernetesobjects.h"

#include <core/base/text.h>
#include <core/plan/names.h>

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

// Options and keys: GuideLLM 0.6.0 and inference-perf 0.6.0, read in their packages.

namespace llmd::kubernetes {

namespace {

constexpr const char* component = "benchmark";
constexpr const char* guidellmImage = "ghcr.io/vllm-project/guidellm:v0.6.0";
constexpr const char* inferencePerfImage = "quay.io/inference-perf/inference-perf:v0.6.0";
constexpr int measuredSeconds = 600;

int tokens(double value)
{
    return static_cast<int>(std::clamp(std::round(value), 1.0, 1e7));
}

double deviation(const LengthDistribution& length)
{
    switch (length.shape) {
    case LengthDistribution::Shape::Constant:
        return 0;
    case LengthDistribution::Shape::Uniform:
        return length.mean * length.variation / std::sqrt(3.0);
    case LengthDistribution::Shape::LogNormal:
        break;
    }
    return length.mean * length.variation;
}

/** Half of the context is the most that either length gets: together they have to fit. */
int longest(const Export& context)
{
    return std::max(1, context.plan.engine.maxModelLen / 2);
}

std::string lengths(const Export& context, const char* name, const LengthDistribution& length)
{
    auto text = fmt::format("{0}_tokens={1}", name, tokens(length.mean));
    if (const int spread = tokens(deviation(length)); deviation(length) >= 1)
        text += fmt::format(",{0}_tokens_stdev={1},{0}_tokens_min=1,{0}_tokens_max={2}", name,
                            spread, std::max(longest(context), tokens(length.mean)));
    return text;
}

std::string rateText(const Export& context)
{
    return printRounded(context.plan.load.rate.value(), 4);
}

YamlValue environment(const Export& context)
{
    YamlValue token = YamlValue::map(
        { { "name", context.options.tokenSecret }, { "key", "HF_TOKEN" }, { "optional", true } });
    YamlValue home = YamlValue::map({ { "name", "HF_HOME" }, { "value", "/results/hf" } });
    YamlValue list;
    list.append(std::move(home));
    list.append(YamlValue::map(
        { { "name", "HF_TOKEN" },
          { "valueFrom", YamlValue::map({ { "secretKeyRef", std::move(token) } }) } }));
    return list;
}

YamlValue job(const Export& context, const std::string& name, YamlValue container,
              YamlValue volumes)
{
    YamlValue mounts = YamlValue::list();
    YamlValue results = YamlValue::map({ { "name", "results" }, { "mountPath", "/results" } });
    mounts.append(std::move(results));
    if (!volumes.isNull())
        mounts.append(YamlValue::map(
            { { "name", "config" }, { "mountPath", "/config" }, { "readOnly", true } }));
    YamlValue requests = YamlValue::map({ { "cpu", "4" }, { "memory", "8Gi" } });
    container.set("env", environment(context));
    container.set("resources", YamlValue::map({ { "requests", std::move(requests) } }));
    container.set("volumeMounts", std::move(mounts));
    YamlValue all = YamlValue::list();
    YamlValue kept = YamlValue::map({ { "name", "results" }, { "emptyDir", YamlValue::map() } });
    kept.setHeadComment("The log shows the figures; put a claim here to keep the reports for "
                        "`llmd benchmark import`.");
    all.append(std::move(kept));
    if (!volumes.isNull())
        all.append(std::move(volumes));
    YamlValue containers;
    containers.append(std::move(container));
    YamlValue spec = YamlValue::map({ { "restartPolicy", "Never" } });
    spec.set("containers", std::move(containers));
    spec.set("volumes", std::move(all));
    YamlValue metadata =
        YamlValue::map({ { "labels",
                           labelMap({ { "app.kubernetes.io/instance", context.plan.name },
                                      { "app.kubernetes.io/component", component } }) } });
    auto result = object(context, "batch/v1", "Job", name, component);
    YamlValue body = YamlValue::map({ { "backoffLimit", 0 } });
    body.set("template",
             YamlValue::map({ { "metadata", std::move(metadata) }, { "spec", std::move(spec) } }));
    result.set("spec", std::move(body));
    return result;
}

YamlValue guidellmJob(const Export& context)
{
    auto words = guidellmCommand(context, serviceUrl(context));
    for (auto& word : words)
        word = literalArgument(word);
    YamlValue container = YamlValue::map({ { "name", "guidellm" } });
    container.set("image", guidellmImage);
    container.set("command", stringList({ words.front() }));
    container.set("args", stringList({ words.begin() + 1, words.end() }));
    return job(context, context.plan.name + "-guidellm", std::move(container), {});
}

const char* shapeName(const LengthDistribution& length)
{
    if (deviation(length) < 1)
        return "fixed";
    return length.shape == LengthDistribution::Shape::Uniform ? "uniform" : "lognormal";
}

YamlValue distribution(const Export& context, const LengthDistribution& length, int count)
{
    const bool fixed = deviation(length) < 1;
    const int mean = tokens(length.mean);
    const bool uniform = length.shape == LengthDistribution::Shape::Uniform && !fixed;
    const int half = tokens(length.mean * length.variation);
    YamlValue result = YamlValue::map({ { "type", shapeName(length) } });
    result.set("min", fixed ? mean : uniform ? std::max(1, mean - half) : 1);
    result.set("max", fixed ? mean : uniform ? mean + half : std::max(longest(context), mean));
    result.set("mean", mean);
    result.set("std_dev", fixed ? 0 : tokens(deviation(length)));
    result.set("total_count", count);
    return result;
}

YamlValue inferencePerfConfig(const Export& context)
{
    const auto& load = context.plan.load;
    const double rate = load.rate.value();
    const int count = tokens(rate * measuredSeconds + 1);
    YamlValue stage = YamlValue::map();
    stage.set("rate", std::stod(rateText(context)), "requests/s, the planned peak");
    stage.set("duration", measuredSeconds);
    YamlValue stages;
    stages.append(std::move(stage));
    YamlValue data = YamlValue::map({ { "type", "random" } });
    data.set("input_distribution", distribution(context, load.prompt, count));
    data.set("output_distribution", distribution(context, load.output, count));
    YamlValue server = YamlValue::map({ { "type", "vllm" } });
    server.set("model_name", context.plan.servedName);
    server.set("base_url", serviceUrl(context));
    server.set("ignore_eos", true);
    YamlValue config = YamlValue::map();
    config.set("api", YamlValue::map({ { "type", "completion" }, { "streaming", true } }));
    config.set("data", std::move(data));
    config.set("load", YamlValue::map({ { "type", "poisson" }, { "stages", std::move(stages) } }));
    config.set("server", std::move(server));
    config.set("tokenizer",
               YamlValue::map({ { "pretrained_model_name_or_path", context.plan.model->id } }));
    YamlValue lifecycle =
        YamlValue::map({ { "summary", true }, { "per_stage", true }, { "per_request", true } });
    config.set("report", YamlValue::map({ { "request_lifecycle", std::move(lifecycle) } }));
    config.set(
        "storage",
        YamlValue::map(
            { { "local_storage",
                YamlValue::map(
                    { { "path",
                        context.options.target == "commands" ? "results" : "/results" } }) } }));
    return config;
}

std::vector<YamlValue> inferencePerfObjects(const Export& context)
{
    const auto name = context.plan.name + "-inference-perf";
    auto map = object(context, "v1", "ConfigMap", name, component);
    map.set("data",
            YamlValue::map(
                { { "config.yaml", YamlValue::block(emitYaml(inferencePerfConfig(context))) } }));
    YamlValue container = YamlValue::map({ { "name", "inference-perf" } });
    container.set("image", inferencePerfImage);
    container.set("command", stringList({ "inference-perf" }));
    container.set("args", stringList({ "--config_file=/config/config.yaml" }));
    YamlValue volume = YamlValue::map({ { "name", "config" } });
    volume.set("configMap", YamlValue::map({ { "name", name } }));
    return { map, job(context, name, std::move(container), std::move(volume)) };
}

} // namespace

std::string serviceUrl(const Export& context)
{
    const auto& space = context.plan.nameSpace;
    const auto& name = context.plan.name;
    const auto& target = context.options.target;
    if (target == "kserve")
        return fmt::format("https://{}-kserve-workload-svc.{}.svc.cluster.local:8000", name, space);
    if (target == "ray")
        return fmt::format("http://{}-serve-svc.{}.svc.cluster.local:8000", name, space);
    if (target == "dynamo")
        return fmt::format("http://{}-frontend.{}.svc.cluster.local:8000", kubernetesName(name, 36),
                           space);
    if (target == "helm" && !context.options.gateway.empty()) {
        const auto slash = context.options.gateway.find('/');
        const bool elsewhere = slash != std::string::npos;
        const auto& type = context.options.gatewayClass;
        return fmt::format("http://{}-{}.{}.svc.cluster.local",
                           elsewhere ? context.options.gateway.substr(slash + 1)
                                     : context.options.gateway,
                           type.empty() ? "istio" : type,
                           elsewhere ? context.options.gateway.substr(0, slash) : space);
    }
    if (target == "commands")
        return "http://localhost:8000";
    // The standalone chart puts a proxy in front of the endpoint picker; otherwise the Gateway's address is only
    // known on the cluster, and the servers are asked directly.
    if (target == "helm")
        return fmt::format("http://{}.{}.svc.cluster.local", context.picker, space);
    return fmt::format("http://{}.{}.svc.cluster.local:{}", context.answering().name, space,
                       servingPort);
}

std::vector<std::string> guidellmCommand(const Export& context, const std::string& url)
{
    const auto& load = context.plan.load;
    return { "guidellm",
             "benchmark",
             "run",
             "--target",
             url,
             "--model",
             context.plan.servedName,
             "--processor",
             context.plan.model->id,
             "--profile",
             "poisson",
             "--rate",
             rateText(context),
             "--max-seconds",
             std::to_string(measuredSeconds),
             "--data",
             lengths(context, "prompt", load.prompt) + ","
                 + lengths(context, "output", load.output),
             "--random-seed",
             "1",
             "--outputs",
             "json",
             "--output-dir",
             context.options.target == "commands" ? "results" : "/results",
             "--disable-console-interactive" };
}

void addBenchmarkJobs(const Export& context, Files& files)
{
    if (!(context.plan.load.rate.value() > 0))
        return;
    if (context.options.target == "commands") {
        addFile(
            files, "inference-perf-config.yaml", { inferencePerfConfig(context) },
            header(
                context,
                "Repeats the planned load: inference-perf --config_file inference-perf-config.yaml",
                true));
        return;
    }
    addFile(files, "benchmark/guidellm-job.yaml", { guidellmJob(context) },
            header(context, "Repeats the planned load with GuideLLM", true));
    // KServe's own certificate is not in any trust store, and inference-perf cannot be told to take it.
    if (context.options.target == "kserve")
        return;
    addFile(files, "benchmark/inference-perf-job.yaml", inferencePerfObjects(context),
            header(context, "Repeats the planned load with inference-perf", true));
}

} // namespace llmd::kubernetes
