// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "commandline.h"
#include "featureoptions.h"

#include <core/candidate/candidate.h>

#include <memory>
#include <optional>
#include <string>

namespace llmd::cli {

/** A candidate with what it points to. */
struct OwnedCandidate
{
    std::shared_ptr<const Catalog> catalog;
    std::shared_ptr<const Model> model;
    std::shared_ptr<const Model> draft; ///< of speculative decoding, where there is one
    Candidate candidate;
};

/** Fails where data or expert parallelism is asked for that a model without experts has no use for. */
[[nodiscard]] Result<> checkExperts(const Model& model, const Parallelism& parallelism);

/** The options that name one configuration: model, GPU, parallelism and engine settings. */
struct CandidateOptions
{
    std::string model;
    std::string gpu;
    Parallelism parallelism;
    int replicas = 1;
    std::optional<int> maxModelLen;
    std::optional<int> maxNumSeqs;
    std::optional<int> maxNumBatchedTokens;
    std::optional<double> gpuMemoryUtilization;
    int blockSize = 16;
    std::string dtype;
    std::string quantization;
    std::string keyValueDtype = "auto";
    std::string version;
    bool noPrefixCaching = false;
    std::string expertExchange = "gather";
    FeatureOptions features;

    void addTo(CLI::App& command, bool withReplicas);
    /** Settings that are not given get the engine version's defaults for the GPU. */
    [[nodiscard]] Result<OwnedCandidate> read(Session& session) const;
    /** Settings of a server on this GPU, of the version that is asked for. */
    [[nodiscard]] Result<EngineSettings> settings(const Catalog& catalog, const Model& served,
                                                  const Gpu& device) const;
    /**
     * Says on stderr why a server of this kind would not start or not take requests of so many tokens (0 = any), and gives
     * the exit status for that; nothing if it would. A maximum length that does not fit is refused only if it was asked for.
     */
    [[nodiscard]] std::optional<ExitCode>
    refuse(const Session& session, const OwnedCandidate& owned, double requestTokens) const;

private:
    [[nodiscard]] std::optional<ExitCode> refuseServer(const Session& session,
                                                       const OwnedCandidate& owned,
                                                       const Candidate& server,
                                                       double requestTokens) const;
};

} // namespace llmd::cli
