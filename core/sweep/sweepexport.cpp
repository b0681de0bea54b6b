// SPDX-License-Identifier: Apache-2.0
#include "sweepexport.h"

#include <core/base/file.h>
#include <core/base/version.h>
#include <core/base/yamlemitter.h>

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <system_error>

namespace llmd {

namespace {

constexpr const char* needFolder = "/need";
constexpr const char* needFile = "need.yaml";
constexpr const char* resultFolder = "/results";
constexpr int user = 65532; ///< of the image
constexpr int mostShards = 10'000;

/** A label of RFC 1035: what names of all the objects can be made of. */
bool isName(const std::string& text)
{
    const auto isLower = [](char c) { return c >= 'a' && c <= 'z'; };
    const auto isInner = [&](char c) { return isLower(c) || (c >= '0' && c <= '9') || c == '-'; };
    return !text.empty() && text.size() <= 40 && isLower(text.front()) && text.back() != '-'
        && std::all_of(text.begin(), text.end(), isInner);
}

/** Characters of image references and versions; nothing that a shell or YAML could take for something else. */
bool isReference(const std::string& text)
{
    return !text.empty() && text.size() <= 255 && std::all_of(text.begin(), text.end(), [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9')
            || std::string_view("._-/:@").find(c) != std::string_view::npos;
    });
}

class SweepWriter
{
public:
    SweepWriter(const Requirements& requirements, const SweepExportOptions& options)
        : m_requirements(requirements)
        , m_options(options)
    { }

    [[nodiscard]] std::vector<SweepExportFile> files() const
    {
        const bool ray = m_options.target == SweepExportOptions::Target::RayJob;
        std::vector<YamlValue> inputs { configMap(ray), volumeClaim() };
        return { { "inputs.yaml",
                   emitYamlDocuments(inputs,
                                     "The need that is searched, and the volume for the results. "
                                     "Written by llmd "
                                         + std::string(productVersion) + ".") },
                 { ray ? "rayjob.yaml" : "job.yaml",
                   emitYaml(ray ? rayJob() : job(), guide(ray)) } };
    }

private:
    [[nodiscard]] YamlValue object(const char* apiVersion, const char* kind,
                                   const std::string& name) const
    {
        const YamlValue labels =
            YamlValue::map({ { "app.kubernetes.io/name", m_options.name },
                             { "app.kubernetes.io/component", "sweep" },
                             { "app.kubernetes.io/managed-by", "llm-d-planner" } });
        YamlValue metadata = YamlValue::map(
            { { "name", name }, { "namespace", m_options.nameSpace }, { "labels", labels } });
        return YamlValue::map({ { "apiVersion", apiVersion },
                                { "kind", kind },
                                { "metadata", std::move(metadata) } });
    }

    [[nodiscard]] YamlValue configMap(bool ray) const
    {
        YamlValue data =
            YamlValue::map({ { needFile, YamlValue::block(writeRequirements(m_requirements)) } });
        if (ray)
            data.set("shards.py", YamlValue::block(rayScript()));
        YamlValue result = object("v1", "ConfigMap", m_options.name);
        result.set("data", std::move(data));
        return result;
    }

    [[nodiscard]] YamlValue volumeClaim() const
    {
        YamlValue modes;
        modes.append("ReadWriteMany");
        YamlValue requests = YamlValue::map({ { "storage", "10Gi" } });
        YamlValue resources = YamlValue::map({ { "requests", std::move(requests) } });
        YamlValue spec;
        spec.set("accessModes", std::move(modes), "all shards write to it, on any node");
        spec.set("resources", std::move(resources));
        YamlValue result = object("v1", "PersistentVolumeClaim", m_options.name);
        result.set("spec", std::move(spec));
        return result;
    }

    [[nodiscard]] YamlValue resources(int cpu) const
    {
        const auto quantities = YamlValue::map(
            { { "cpu", cpu }, { "memory", fmt::format("{}Gi", m_options.memoryGib) } });
        return YamlValue::map({ { "requests", quantities }, { "limits", quantities } });
    }

    [[nodiscard]] YamlValue mounts() const
    {
        YamlValue result;
        result.append(YamlValue::map(
            { { "name", "need" }, { "mountPath", needFolder }, { "readOnly", true } }));
        result.append(YamlValue::map({ { "name", "results" }, { "mountPath", resultFolder } }));
        return result;
    }

    [[nodiscard]] YamlValue volumes() const
    {
        YamlValue config = YamlValue::map({ { "name", m_options.name } });
        YamlValue claim = YamlValue::map({ { "claimName", m_options.name } });
        YamlValue result;
        result.append(YamlValue::map({ { "name", "need" }, { "configMap", std::move(config) } }));
        result.append(YamlValue::map(
            { { "name", "results" }, { "persistentVolumeClaim", std::move(claim) } }));
        return result;
    }

    [[nodiscard]] static YamlValue podSecurity()
    {
        YamlValue profile = YamlValue::map({ { "type", "RuntimeDefault" } });
        return YamlValue::map({ { "runAsNonRoot", true },
                                { "runAsUser", user },
                                { "fsGroup", user },
                                { "seccompProfile", std::move(profile) } });
    }

    [[nodiscard]] static YamlValue containerSecurity()
    {
        YamlValue all;
        all.append("ALL");
        return YamlValue::map(
            { { "allowPrivilegeEscalation", false },
              { "capabilities", YamlValue::map({ { "drop", std::move(all) } }) } });
    }

    [[nodiscard]] YamlValue container(const std::string& name, int cpu) const
    {
        YamlValue result = YamlValue::map({ { "name", name }, { "image", m_options.image } });
        result.set("resources", resources(cpu));
        result.set("volumeMounts", mounts());
        result.set("securityContext", containerSecurity());
        return result;
    }

    [[nodiscard]] YamlValue job() const
    {
        YamlValue command;
        for (const std::string& word :
             { std::string("llmd"), std::string("sweep"),
               fmt::format("{}/{}", needFolder, needFile), std::string("--engine"),
               m_options.engine, std::string("--shards"), std::to_string(m_options.shards),
               std::string("--shard-index"), std::string("$(JOB_COMPLETION_INDEX)"),
               std::string("--threads"), std::to_string(m_options.cpu), std::string("-o"),
               fmt::format("{}/shard-$(JOB_COMPLETION_INDEX).json", resultFolder) })
            command.append(word);
        YamlValue shard = container("shard", m_options.cpu);
        shard.set("command", std::move(command));
        YamlValue containers;
        containers.append(std::move(shard));
        YamlValue pod = YamlValue::map({ { "restartPolicy", "Never" } });
        pod.set("automountServiceAccountToken", false);
        pod.set("securityContext", podSecurity());
        pod.set("containers", std::move(containers));
        pod.set("volumes", volumes());
        YamlValue labels = YamlValue::map({ { "app.kubernetes.io/name", m_options.name },
                                            { "app.kubernetes.io/component", "sweep" } });
        YamlValue pods =
            YamlValue::map({ { "metadata", YamlValue::map({ { "labels", std::move(labels) } }) },
                             { "spec", std::move(pod) } });
        YamlValue spec;
        spec.set("completionMode", "Indexed");
        spec.set("completions", m_options.shards);
        spec.set("parallelism", parallel());
        spec.set("backoffLimit", 6, "a shard that fails is run again; results do not change");
        spec.set("ttlSecondsAfterFinished", 86'400);
        spec.set("template", std::move(pods));
        YamlValue result = object("batch/v1", "Job", m_options.name);
        result.set("spec", std::move(spec));
        return result;
    }

    [[nodiscard]] YamlValue rayGroup(const char* name, int cpu) const
    {
        YamlValue containers;
        containers.append(container(name, cpu));
        YamlValue pod = YamlValue::map({ { "securityContext", podSecurity() } });
        pod.set("containers", std::move(containers));
        pod.set("volumes", volumes());
        return YamlValue::map({ { "spec", std::move(pod) } });
    }

    [[nodiscard]] YamlValue rayJob() const
    {
        YamlValue head =
            YamlValue::map({ { "rayStartParams", YamlValue::map({ { "num-cpus", "0" } }) } });
        head.setHeadComment("The head hands out work and does none.");
        head.set("template", rayGroup("ray-head", 1));
        YamlValue worker = YamlValue::map({ { "groupName", "shards" } });
        worker.set("replicas", parallel());
        worker.set("minReplicas", 0);
        worker.set("maxReplicas", parallel());
        worker.set("rayStartParams",
                   YamlValue::map({ { "num-cpus", std::to_string(m_options.cpu) } }));
        worker.set("template", rayGroup("ray-worker", m_options.cpu));
        YamlValue workers;
        workers.append(std::move(worker));
        YamlValue cluster = YamlValue::map({ { "rayVersion", m_options.rayVersion } });
        cluster.set("headGroupSpec", std::move(head));
        cluster.set("workerGroupSpecs", std::move(workers));
        YamlValue spec;
        spec.set("entrypoint", fmt::format("python3 {}/shards.py", needFolder));
        spec.set("shutdownAfterJobFinishes", true);
        spec.set("ttlSecondsAfterFinished", 600);
        spec.set("rayClusterSpec", std::move(cluster));
        YamlValue result = object("ray.io/v1", "RayJob", m_options.name);
        result.set("spec", std::move(spec));
        return result;
    }

    /** Every shard is a task; Ray runs a lost one again. */
    [[nodiscard]] std::string rayScript() const
    {
        return fmt::format(R"py(import subprocess
import ray

SHARDS = {shards}


@ray.remote(num_cpus={cpu}, max_retries=3)
def shard(index):
    done = subprocess.run(
        ["llmd", "sweep", "{need}/{file}", "--engine", "{engine}",
         "--shards", str(SHARDS), "--shard-index", str(index), "--threads", "{cpu}",
         "-o", "{results}/shard-%d.json" % index])
    if done.returncode not in (0, 3):  # 3: nothing feasible in this shard
        raise RuntimeError("shard %d: exit status %d" % (index, done.returncode))
    return index


ray.init()
for index in ray.get([shard.remote(index) for index in range(SHARDS)]):
    print("shard", index, "done")
)py",
                           fmt::arg("shards", m_options.shards), fmt::arg("cpu", m_options.cpu),
                           fmt::arg("need", needFolder), fmt::arg("file", needFile),
                           fmt::arg("engine", m_options.engine), fmt::arg("results", resultFolder));
    }

    [[nodiscard]] int parallel() const
    {
        return m_options.parallel > 0 ? std::min(m_options.parallel, m_options.shards)
                                      : m_options.shards;
    }

    [[nodiscard]] std::string guide(bool ray) const
    {
        const std::string file = ray ? "rayjob.yaml" : "job.yaml";
        const std::string wait = ray
            ? fmt::format("kubectl -n {} wait --for=jsonpath='{{.status.jobStatus}}'=SUCCEEDED "
                          "rayjob/{} --timeout=1h",
                          m_options.nameSpace, m_options.name)
            : fmt::format("kubectl -n {} wait --for=condition=complete job/{} --timeout=1h",
                          m_options.nameSpace, m_options.name);
        return fmt::format(
            "{0} shards of one search. Written by llmd {1}; the image must hold the same version.\n"
            "  podman build -f packaging/Containerfile --target {2} -t {3} .     # then push it\n"
            "  kubectl create namespace {4}\n"
            "  kubectl apply -f inputs.yaml -f {5}\n"
            "  {6}\n"
            "Copy /results of the volume {7} to this machine (any pod that mounts it will do), "
            "then:\n"
            "  llmd merge shard-*.json -o result.json",
            m_options.shards, productVersion, ray ? "ray" : "llmd", m_options.image,
            m_options.nameSpace, file, wait, m_options.name);
    }

    const Requirements& m_requirements;
    const SweepExportOptions& m_options;
};

} // namespace

Result<std::vector<SweepExportFile>> exportSweep(const Requirements& requirements,
                                                 const SweepExportOptions& options)
{
    const auto bad = [](const std::string& text) {
        return failure(ErrorCode::InvalidArgument, text);
    };
    for (const std::string* name : { &options.name, &options.nameSpace }) {
        if (!isName(*name))
            return bad(fmt::format("'{}' is no name for Kubernetes: small letters, digits and '-', "
                                   "at most 40",
                                   *name));
    }
    for (const std::string* text : { &options.image, &options.rayVersion, &options.engine }) {
        if (!isReference(*text))
            return bad(fmt::format("'{}' cannot be written into a manifest", *text));
    }
    if (options.shards < 1 || options.shards > mostShards || options.parallel < 0 || options.cpu < 1
        || options.cpu > 1024 || options.memoryGib < 1 || options.memoryGib > 65'536)
        return bad(
            fmt::format("1 to {} shards, each with at least one core and 1 GiB", mostShards));
    return SweepWriter(requirements, options).files();
}

Result<> saveSweepExport(const std::vector<SweepExportFile>& files, const std::string& folder)
{
    std::error_code error;
    std::filesystem::create_directories(folder, error);
    if (error)
        return failure(ErrorCode::Io, fmt::format("{}: {}", folder, error.message()));
    for (const SweepExportFile& file : files) {
        if (auto saved =
                writeFileAtomically(std::filesystem::path(folder) / file.path, file.content);
            !saved)
            return saved;
    }
    return {};
}

} // namespace llmd
